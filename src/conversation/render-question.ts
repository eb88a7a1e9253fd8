import { currentPerson } from '../../dialogs/context';
import { answeredSlots } from '../../dialogs/prompts';
import { subjectProfile } from '../../dialogs/verdict';
import { questionsLeft } from '../domain/decide';
import { closedValues, parseSlotText, type Slot, type SlotValue } from '../domain/profile';
import type { Words } from '../library/i18n';
import type { Choice, Progress } from './reply';
import type { Scene } from './scene';

/** Short name of a slot, for summaries. */
export const slotLabel = (scene: Scene, slot: Slot): string => scene.t(`questions:${slot}.label`);

/** A value as the person reads it. */
export function valueLabel(scene: Scene, slot: Slot, value: SlotValue): string {
  const { t, words, language } = scene;
  if (value === 'unknown') return t('common:unknown');
  if (typeof value === 'boolean') return t(value ? 'common:yes' : 'common:no');
  const key = `questions:${slot}.choices.${String(value)}`;
  if (words.has(language, key)) return t(key);
  if (typeof value === 'number') return t('common:unit.month', { count: value });
  const codes = [value].flat();
  if (codes.every((code) => /^[A-Z]{2}$/.test(code))) {
    return codes.map((code) => words.country(language, String(code))).join(t('common:comma'));
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(String(value))) return words.date(language, String(value));
  return String(value);
}

const known = new WeakMap<Words, Map<string, Choice[]>>();

/** The buttons of a question: its values, then "I don't know". */
export function choicesOf(scene: Scene, slot: Slot): Choice[] {
  const made = known.get(scene.words) ?? new Map<string, Choice[]>();
  known.set(scene.words, made);
  const key = `${scene.language} ${slot}`;
  const choices = made.get(key) ?? makeChoices(scene, slot);
  made.set(key, choices);
  return choices;
}

function makeChoices(scene: Scene, slot: Slot): Choice[] {
  const { library, language, t } = scene;
  const texts = (library.locales[language]?.questions ?? {}) as Record<string, { choices?: Record<string, string> }>;
  const order: readonly string[] = (closedValues as Partial<Record<Slot, readonly string[]>>)[slot] ?? [];
  const labels = Object.entries(texts[slot]?.choices ?? {});
  const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  const choices = labels
    .filter(([key]) => key.includes('=') || parseSlotText(slot, key) !== undefined)
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([key, title]) => ({ title, value: key.includes('=') ? key : `${slot}=${key}` }));
  return [...choices, { title: t(`questions:${slot}.dontKnow`), value: `${slot}=unknown` }];
}

/** The question itself, about the person who writes or about somebody else. */
export function questionText(scene: Scene, slot: Slot, contradiction: string | null): string {
  const { t, words, language, forOther } = scene;
  const said = currentPerson(scene.snapshot.context).profile[slot];
  const month = typeof said === 'string' && /^\d{4}-\d{2}$/.test(said) ? words.month(language, said) : null;
  const part = `${month ? 'askDay' : 'ask'}${forOther ? 'Other' : ''}`;
  const ask = t(`questions:${slot}.${part}`, month ? { month } : undefined);
  const clash = contradiction ? `rules:contradiction.${contradiction}` : null;
  return clash && words.has(language, clash) ? `${t(clash)}\n\n${ask}` : ask;
}

/** How far the interview is at this question; nothing when an answer is only being changed. */
export function progressOf(scene: Scene, slot: Slot): Progress | undefined {
  const { t, snapshot, library, today } = scene;
  const person = currentPerson(snapshot.context);
  if (person.profile[slot] !== undefined) return undefined;
  const questions = new Set<string>(library.rulebook.interview.questions.map((question) => question.slot));
  const done = answeredSlots(snapshot).filter((answered) => questions.has(answered)).length + 1;
  const left = Math.max(1, questionsLeft(subjectProfile(person), library.rulebook, today));
  const of = done - 1 + left;
  return { text: t('common:progress', { done, of }), done, of };
}
