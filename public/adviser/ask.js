// One question at a time, in a dialog: fields, confirm, cancel. Focus goes back to where it was.
import { byId, fill, make } from './dom.js';
import { t } from './text.js';

let serial = 0;

/** A labelled field. `control` is the input, select or textarea. */
export function field(label, control) {
  serial += 1;
  control.id ||= `field-${serial}`;
  return make('p', { className: 'field' }, make('label', { for: control.id, textContent: label }), control);
}

/** A menu of `{value, title}`. */
export const menu = (choices, value) =>
  make(
    'select',
    {},
    ...choices.map((choice) =>
      make('option', { value: choice.value, textContent: choice.title, selected: choice.value === value }),
    ),
  );

/** Asks; true when confirmed. Esc and Cancel leave everything as it was. */
export function ask(title, body, confirm = t('act.confirm')) {
  const dialog = byId('ask');
  const form = dialog.querySelector('form');
  fill(
    form,
    make('h2', { id: 'ask-title', textContent: title }),
    ...body,
    make(
      'p',
      { className: 'row' },
      make('button', { type: 'submit', value: 'yes', className: 'strong', textContent: confirm }),
      make('button', { type: 'submit', value: 'no', formNoValidate: true, textContent: t('act.cancel') }),
    ),
  );
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => {
    const closed = () => {
      form.replaceChildren();
      resolve(dialog.returnValue === 'yes');
    };
    dialog.addEventListener('close', closed, { once: true });
  });
}
