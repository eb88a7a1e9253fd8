import { renderPage } from '../channels/activity/page';
import { countryCodes } from '../domain/country-codes';
import { parseSlotText, type Slot, slots } from '../domain/profile';
import { createWords } from '../library/i18n';
import type { Library } from '../library/library';
import { staffLanguages } from '../library/staff-texts';

/** How a value of a slot is entered, found by what the slot accepts. */
type SlotKind = 'choice' | 'boolean' | 'number' | 'date' | 'country' | 'countries';

/** A slot in an adviser's words: the choices of a closed one, the country codes of one that holds countries. */
type SlotForm = {
  slot: Slot;
  label: string;
  kind: SlotKind;
  choices: { value: string; title: string }[];
  codes?: readonly string[];
};

function kindOf(slot: Slot): SlotKind {
  if (typeof parseSlotText(slot, 'true') === 'boolean') return 'boolean';
  if (parseSlotText(slot, '2000-01-01') !== undefined) return 'date';
  if (typeof parseSlotText(slot, '1') === 'number') return 'number';
  const country = parseSlotText(slot, 'FR');
  if (country !== undefined) return Array.isArray(country) ? 'countries' : 'country';
  return 'choice';
}

function slotForms(library: Library, language: string): SlotForm[] {
  const say = createWords(library).in(language);
  const questions = library.locales[language]?.questions as Record<string, { choices?: Record<string, string> }>;
  return slots.map((slot) => {
    const kind = kindOf(slot);
    const choices = Object.entries(questions[slot]?.choices ?? {})
      .filter(([value]) => parseSlotText(slot, value) !== undefined)
      .map(([value, title]) => ({ value, title }));
    const codes = kind === 'country' || kind === 'countries' ? countryCodes : undefined;
    return { slot, label: say(`questions:${slot}.label`), kind, choices, codes };
  });
}

/** Texts of a tree by their path (`queue.title`). */
function* flatten(node: object, path = ''): Generator<[string, string]> {
  for (const [key, child] of Object.entries(node) as [string, string | object][])
    if (typeof child === 'string') yield [`${path}${key}`, child];
    else yield* flatten(child, `${path}${key}.`);
}

/**
 * The adviser console as the server keeps it, `{{nonce}}` still in it: the words of the advisers' languages and the slots in them as
 * JSON in an attribute, those of the first one in the HTML. Throws when a language lacks its texts.
 */
export function consolePage(html: string, library: Library): string {
  const languages = staffLanguages.map((code) => {
    const texts = library.locales[code]?.console as { noscript?: string } | undefined;
    if (!texts) throw new Error(`no texts of the console for ${code}`);
    return { code, direction: 'ltr', texts, slots: slotForms(library, code) };
  });
  const noscript = languages.map(({ code, texts }) => `<p lang="${code}">${texts.noscript}</p>`).join('\n');
  const first = Object.fromEntries(flatten(languages[0]?.texts ?? {}));
  return renderPage(html, { ...first, console: JSON.stringify({ languages }), noscriptHtml: noscript });
}
