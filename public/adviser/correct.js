// Correcting a fact: a field that fits the slot, and its value as the server wants it.
import { ask, field, menu } from './ask.js';
import { make } from './dom.js';
import { language, slots, t } from './text.js';

const unknown = 'unknown';

function countries(codes) {
  const names = new Intl.DisplayNames([language()], { type: 'region' });
  return codes
    .map((code) => ({ value: code, title: names.of(code) ?? code }))
    .sort((a, b) => a.title.localeCompare(b.title, language()));
}

const none = { value: '', title: '—' };
const dontKnow = () => ({ value: unknown, title: t('file.unknown') });

/** For each kind of slot: its controls, and how they are read. */
const kinds = {
  choice: ({ choices }, value) => {
    const control = menu([...choices, dontKnow()], String(value ?? ''));
    return { controls: [control], read: () => control.value };
  },
  boolean: ({ choices }, value) => {
    const control = menu([...choices, dontKnow()], String(value ?? ''));
    return { controls: [control], read: () => (control.value === unknown ? unknown : control.value === 'true') };
  },
  country: ({ codes }, value) => {
    const control = menu([dontKnow(), ...countries(codes)], value);
    return { controls: [control], read: () => control.value };
  },
  countries: ({ codes }, value) => {
    const list = countries(codes);
    const held = Array.isArray(value) ? value : [];
    const controls = [menu([dontKnow(), ...list], held[0]), menu([none, ...list], held[1] ?? '')];
    return {
      controls,
      read: () =>
        controls[0].value === unknown ? unknown : [...new Set(controls.map((one) => one.value).filter(Boolean))],
    };
  },
  number: (_, value) => plain('number', value, Number, { min: 0, max: 1200, step: 1 }),
  date: (_, value) => plain('date', value, String, {}),
};

/** An input beside "does not know". */
function plain(type, value, convert, more) {
  const control = make('input', { type, required: true, value: value === unknown ? '' : String(value ?? ''), ...more });
  const lost = make('input', { type: 'checkbox', checked: value === unknown });
  const follow = () => {
    control.disabled = lost.checked;
  };
  lost.addEventListener('change', follow);
  follow();
  return { controls: [control], lost, read: () => (lost.checked ? unknown : convert(control.value)) };
}

function editor(slot, value) {
  const made = (kinds[slot.kind] ?? kinds.choice)(slot, value);
  const fields = made.controls.map((control, index) =>
    field(index ? `${t('file.value')} (2)` : t('file.value'), control),
  );
  if (made.lost) fields.push(make('p', {}, make('label', {}, made.lost, ` ${t('file.unknown')}`)));
  return { fields, read: made.read };
}

/** Asks for the value of a slot; null when nothing is to change. Without a slot, the slot is asked for too. */
export async function askFact(known, slotId) {
  const all = slots();
  const free = all.filter(({ slot }) => !(slot in known));
  let slot = all.find((one) => one.slot === slotId) ?? free[0];
  if (!slot) return null;
  const place = make('div');
  let current = editor(slot, known[slot.slot]);
  place.append(...current.fields);
  const body = [place];
  if (!slotId) {
    const choose = menu(
      free.map((one) => ({ value: one.slot, title: one.label })),
      slot.slot,
    );
    choose.addEventListener('change', () => {
      slot = all.find((one) => one.slot === choose.value);
      current = editor(slot, undefined);
      place.replaceChildren(...current.fields);
    });
    body.unshift(field(t('file.fact'), choose));
  }
  const title = slotId ? `${t('file.correct')} : ${slot.label}` : t('file.add');
  if (!(await ask(title, body, t('file.save')))) return null;
  return { slot: slot.slot, value: current.read() };
}
