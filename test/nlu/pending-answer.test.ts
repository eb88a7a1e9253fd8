import type { Profile, Slot } from '../../src/domain/profile';
import type { Library } from '../../src/library/library';
import { asking, openSays, type Says } from './support';

let says: Says;
let library: Library;
beforeAll(async () => {
  ({ says, library } = await openSays());
});

const permits = ['residencePermit', 'longStayVisa', 'visitorVisa'];

test.each<[Slot, string, Profile]>([
  ['permit', '2', { permit: 'longStayVisa' }],
  ['permit', 'b)', { permit: 'longStayVisa' }],
  ['permit', 'le 3', { permit: 'visitorVisa' }],
  ['permit', 'récépissé', { permit: 'receipt' }],
  ['permit', "je n'en ai aucun", { permit: 'none' }],
  ['permit', 'je sais pas', { permit: 'unknown' }],
  ['permit', 'aucune idée', { permit: 'unknown' }],
  ['nationality', 'marocain', { country: ['MA'], nationality: 'other' }],
  ['nationality', 'Royaume-Uni', { country: ['GB'], nationality: 'uk' }],
  ['nationality', 'roumaine et moldave', { country: ['RO', 'MD'], nationality: 'eu' }],
  ['country', 'le Sénégal', { country: ['SN'], nationality: 'other' }],
  ['visaValidated', 'oui', { visaValidated: true }],
  ['visaValidated', 'non pas encore', { visaValidated: false }],
  ['over28', '31 ans', { over28: true }],
  ['age', '17', { age: 'from16to17' }],
  ['months', '4', { months: 4 }],
  ['arrival', 'le 3 septembre', { arrival: '2025-09-03' }],
  ['arrival', 'il y a 2 mois', { months: 2 }],
  ['joining', 'oui il est ingénieur', { joining: 'insuredWorker' }],
  ['activity', 'je bosse', { activity: 'employee' }],
  ['cover', 'aucune', { cover: 'none' }],
])('asked %s, "%s" answers it', (slot, text, expected) => {
  const understood = says(text, asking(slot, 'fr', slot === 'permit' ? permits : []));
  expect(understood.answers).toMatchObject(expected);
  expect(understood.question.policy).toBe('none');
});

test('the text of a button answers like the button', () => {
  const questions = library.locales.fr?.questions as Record<string, { choices: Record<string, string> }>;
  for (const [value, label] of Object.entries(questions.permit?.choices ?? {})) {
    const [slot, expected] = value.includes('=') ? value.split('=') : ['permit', value];
    expect(says(label, asking('permit')).answers).toMatchObject({ [slot as string]: expected });
  }
});

test('a number beyond the buttons answers nothing', () => {
  expect(says('9', asking('permit', 'fr', permits)).answers.permit).toBeUndefined();
});

test('"yes" to a choice between several values answers nothing', () => {
  expect(says('oui', asking('permit', 'fr', permits)).answers).toEqual({});
});

test('a question instead of an answer is a question, and nothing is filled in', () => {
  const understood = says("c'est quoi un récépissé ?", asking('permit', 'fr', permits));
  expect(understood.question.policy).not.toBe('none');
});

test('an answer and a question in one message are both heard', () => {
  const understood = says("je suis salarié, et c'est quoi un RIB ?", asking('activity'));
  expect(understood.answers.activity).toBe('employee');
  expect(understood.question.topics).toContain('rib-bank-account');
});

test('facts for other slots are kept while one is pending', () => {
  expect(says('ivoirien, visa long séjour', asking('nationality')).answers).toMatchObject({
    country: ['CI'],
    permit: 'longStayVisa',
  });
});

describe('the question on screen is answered by what is said of the person to be registered, today', () => {
  test.each<[Slot, string, string, Profile]>([
    ['activity', 'en', 'my wife works at Renault', { joining: 'insuredWorker', relation: 'spouse' }],
    ['activity', 'fr', 'ma femme est étudiante', { joining: 'otherResident', relation: 'spouse' }],
    ['activity', 'es', 'mi marido trabaja', { joining: 'insuredWorker', relation: 'spouse' }],
    ['activity', 'de', 'mein Mann arbeitet', { joining: 'insuredWorker', relation: 'spouse' }],
    ['activity', 'it', 'mio marito lavora', { joining: 'insuredWorker', relation: 'spouse' }],
    ['permit', 'fr', 'mon mari a une carte de séjour', { relation: 'spouse' }],
    ['nationality', 'en', 'my wife is French', { relation: 'spouse' }],
    ['nationality', 'fr', 'mes parents sont italiens', {}],
    ['cover', 'fr', 'mon mari a un S1', { relation: 'spouse' }],
    ['activity', 'en', 'I was a student', {}],
    ['activity', 'fr', "j'ai travaillé comme serveur", {}],
    ['activity', 'fr', "j'étais étudiante", {}],
    ['permit', 'en', 'I had a visitor visa', {}],
  ])('asked %s (%s): %s', (slot, language, text, expected) => {
    expect(says(text, asking(slot, language)).answers).toEqual(expected);
  });

  test.each<[Slot, string, string, Profile]>([
    ['activity', 'en', "I don't work, my husband is self-employed", { activity: 'none', joining: 'insuredWorker' }],
    ['nationality', 'en', "I'm Brazilian but my wife is French", { country: ['BR'], nationality: 'other' }],
    ['joining', 'fr', 'mon mari travaille', { joining: 'insuredWorker' }],
    ['activity', 'en', 'I was laid off', { activity: 'jobseeker' }],
    ['activity', 'en', 'retired, I worked as a nurse', { activity: 'retired' }],
  ])('asked %s (%s): %s', (slot, language, text, expected) => {
    expect(says(text, asking(slot, language)).answers).toMatchObject(expected);
  });

  test('in a conversation about the wife, what is said of her answers', () => {
    const context = { ...asking('nationality', 'en'), profile: { subject: 'spouse' } } as const;
    expect(says('my wife is French', context).answers).toMatchObject({ nationality: 'french' });
    expect(says('she is French', context).answers).toMatchObject({ nationality: 'french' });
  });
});
