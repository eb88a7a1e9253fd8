import type { Profile, Slot } from '../../src/domain/profile';
import type { UnderstandingContext } from '../../src/nlu/understanding';
import { asking, openSays, type Says } from './support';

let says: Says;
beforeAll(async () => {
  ({ says } = await openSays());
});

describe('a bare yes, no, number or politeness is no question', () => {
  const bare = ['yes', 'oui', 'ok', 'yes i do', 'oui bien sûr', 'no', 'non merci', '42', 'please', "d'accord", '3 !'];
  test.each(bare)('%s', (text) => {
    for (const context of [{}, asking('activity'), asking('permit', 'en'), { language: 'fr', topic: 'documents-list' }])
      expect(says(text, context).question).toEqual({ policy: 'none', topics: [] });
  });
});

describe("telling one's situation asks nothing", () => {
  test.each<[string, Profile]>([
    ['I am a student from Senegal', { activity: 'student', country: ['SN'] }],
    ['student from Senegal with long stay visa validated', { permit: 'longStayVisa', visaValidated: true }],
    ['Indian, long stay visa, joining my wife who works at Renault', { joining: 'insuredWorker', country: ['IN'] }],
    ['american, residence permit, not working', { activity: 'none', permit: 'residencePermit' }],
    ['polish employee in lyon', { activity: 'employee', country: ['PL'] }],
    ['im form morroco , etudent , visa D validatd', { activity: 'student', country: ['MA'] }],
    ["I'm from Spain and retired", { activity: 'retired', country: ['ES'] }],
    ["i don't work", { activity: 'none' }],
    ["I'm a British pensioner, I have an S1 and a house in Dordogne", { activity: 'retired', cover: 's1' }],
    [
      "salut je suis tunisien, j'ai un récépissé et je travaille dans un resto",
      { activity: 'employee', permit: 'receipt', country: ['TN'] },
    ],
  ])('%s', (text, facts) => {
    const understood = says(text);
    expect(understood.answers).toMatchObject(facts);
    expect(understood.question).toEqual({ policy: 'none', topics: [] });
  });

  test.each([
    ["I'm an American student, do I need an apostille?", 'apostille-legalisation'],
    ['je suis brésilienne, où envoyer mon dossier', 'where-to-send'],
  ])('a question beside the facts is heard: %s', (text, topic) => {
    const { question } = says(text);
    expect(['answer', 'suggest']).toContain(question.policy);
    expect(question.topics[0]).toBe(topic);
  });

  test('what is taken back is no other subject', () => {
    const understood = says("en fait j'ai pas de contrat je suis payé au noir", { language: 'fr' });
    expect(understood.answers).toEqual({});
    expect(understood.question.policy).toBe('none');
  });
});

describe('after a verdict', () => {
  test.each(['alors ?', "c'est quoi mon résultat", 'how do I see my checklist again?', 'show my result'])(
    '"%s" wants the result',
    (text) => {
      expect(says(text)).toMatchObject({ command: 'result', question: { policy: 'none' } });
    },
  );

  test('the list of papers of this person is the result, papers in general are a question', () => {
    expect(says('ma liste de documents ?').command).toBe('result');
    const general = says('quels documents ?');
    expect(general.command).toBeNull();
    expect(general.question.topics[0]).toBe('documents-list');
  });

  test('"parlons français" asks for French', () => {
    expect(says('parlons français', { language: 'en' }).language).toMatchObject({ code: 'fr', explicit: true });
  });

  test.each(['bye', 'au revoir', 'see you'])('"%s" is a farewell', (text) => {
    expect(says(text)).toMatchObject({ command: 'bye', question: { policy: 'none' } });
  });
});

describe('dates', () => {
  test.each<[string, Profile]>([
    ['in august 2025', { arrival: '2025-08' }],
    ['August 2025', { arrival: '2025-08' }],
    ['mid august', { arrival: '2025-08' }],
    ['end of august', { arrival: '2025-08' }],
    ['august', { arrival: '2025-08' }],
    ['mi-août', { arrival: '2025-08' }],
    ['fin août', { arrival: '2025-08' }],
    ['début septembre', { arrival: '2025-09' }],
    ['2019', { months: 73 }],
    ['2025', {}],
    ['yesterday', { months: 0 }],
    ['hier', { months: 0 }],
  ])('asked since when, "%s"', (text, expected) => {
    const language = /[ûé]|hier/.test(text) ? 'fr' : 'en';
    const understood = says(text, asking('arrival', language));
    expect(understood.answers).toEqual(expected);
    expect(understood.question.policy).toBe('none');
  });

  test.each(['31 august', 'fin août', 'in august 2025', 'hier'])('asked something else, "%s" is nothing', (text) => {
    const understood = says(text, asking('permit', /[û]|hier/.test(text) ? 'fr' : 'en'));
    expect(understood.answers).toEqual({});
    expect(understood.question.policy).toBe('none');
  });

  test('with a word of arriving, a date needs no question', () => {
    expect(says('je suis arrivé mi-août', asking('permit')).answers).toEqual({ arrival: '2025-08' });
  });

  test.each<[Slot, string, Profile]>([
    ['over28', "j'ai 22 ans", { age: 'adult', over28: false }],
    ['over28', '22 ans', { over28: false }],
    ['age', "j'ai 22 ans", { age: 'adult', over28: false }],
    ['age', "I'm 22", { age: 'adult', over28: false }],
  ])('asked %s, "%s"', (slot, text, expected) => {
    expect(says(text, asking(slot, text.includes('ans') ? 'fr' : 'en')).answers).toEqual(expected);
  });
});

describe('work and family', () => {
  const known: Partial<UnderstandingContext> = { profile: { relation: 'spouse' } };
  test.each<[string, Partial<UnderstandingContext>, Profile]>([
    ['my wife is french and works as a nurse', {}, { joining: 'insuredWorker', relation: 'spouse' }],
    ["yes he's an engineer", { ...asking('joining', 'en') }, { joining: 'insuredWorker' }],
    ["yes he's an engineer", { ...asking('activity', 'en'), ...known }, { joining: 'insuredWorker' }],
    ['oui il est ingénieur', { language: 'fr', ...known }, { joining: 'insuredWorker' }],
    ['I also signed a contract with a French company last month', {}, { activity: 'employee' }],
    ['only with the French company, my A1 is finished', {}, { activity: 'employee', cover: 'none' }],
    ['only with the French company, my A1 has ended', asking('cover', 'en'), { activity: 'employee', cover: 'none' }],
  ])('%s', (text, context, expected) => {
    const understood = says(text, context);
    expect(understood.answers).toEqual(expected);
    expect(understood.question.policy).toBe('none');
  });
});

describe('two questions in one message', () => {
  test.each([
    ['how long does it take and how much does it cost?', ['processing-time', 'cost-of-coverage']],
    [
      'how much will it cost us? and do we need to translate the birth certificates?',
      ['cost-of-coverage', 'birth-certificate-translation'],
    ],
    ['combien de temps ça prend et combien ça coûte ?', ['processing-time', 'cost-of-coverage']],
  ])('%s', (text, topics) => {
    expect(says(text).question).toMatchObject({ policy: 'answer', answers: topics });
  });

  test('one question has no `answers`', () => {
    expect(says('how long does it take?').question.answers).toBeUndefined();
  });
});

describe('fear is answered', () => {
  test.each([
    ['will you tell the police?', 'bot-meta'],
    ["on peut m'arreter a l'hopital ?", 'bot-meta'],
    ["c'est anonyme ?", 'bot-meta'],
    ['vous allez me dénoncer ?', 'bot-meta'],
    ["sans papiers, j'ai peur", 'route-undocumented-ame'],
    ['can they arrest me at the hospital', 'route-undocumented-ame'],
  ])('%s → %s', (text, topic) => {
    const { question } = says(text);
    expect(['answer', 'suggest']).toContain(question.policy);
    expect(question.topics).toContain(topic);
  });
});
