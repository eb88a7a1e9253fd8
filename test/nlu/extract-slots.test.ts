import type { Profile } from '../../src/domain/profile';
import { openSays, type Says } from './support';

let says: Says;
beforeAll(async () => {
  ({ says } = await openSays());
});

const facts = (text: string): Profile => says(text).answers;

describe('several facts of one message', () => {
  test.each<[string, Profile]>([
    [
      "salut je suis marocaine, salariée à Lille, j'ai un titre de séjour",
      { country: ['MA'], nationality: 'other', activity: 'employee', permit: 'residencePermit' },
    ],
    ["I'm Polish and I work in a bakery in Metz", { country: ['PL'], nationality: 'eu', activity: 'employee' }],
    [
      'étudiant béninois, visa étudiant validé',
      { country: ['BJ'], nationality: 'other', activity: 'student', permit: 'longStayVisa', visaValidated: true },
    ],
    [
      'we are a retired Australian couple on a visitor visa',
      { country: ['AU'], nationality: 'other', activity: 'retired', permit: 'visitorVisa' },
    ],
    ['je suis franco-américaine', { country: ['US', 'FR'], nationality: 'french' }],
    ["j'ai deux enfants et je suis auto-entrepreneuse", { children: true, activity: 'selfEmployed' }],
    ['frontalier, je bosse en Suisse', { activity: 'frontier', workCountry: 'CH' }],
    ['I have a S1 and a British pension', { cover: 's1', activity: 'retired', workCountry: 'GB' }],
    ["demandeuse d'asile depuis mars", { protection: 'asylumSeeker' }],
    ["j'ai déjà envoyé mon dossier", { stage: 'sent' }],
    ['carte VPF', { permit: 'residencePermit' }],
    ["j'habite à Mayotte", { livesIn: 'mayotte' }],
    ["je suis encore au Canada, je n'ai pas encore déménagé", { livesIn: 'notYet' }],
  ])('%s', (text, expected) => {
    expect(facts(text)).toMatchObject(expected);
  });
});

describe('what was not said stays absent', () => {
  test.each<[string, keyof Profile]>([
    ['quels papiers faut-il', 'permit'],
    ['my employer is American', 'nationality'],
    ['je travaille pour une société canadienne', 'nationality'],
    ['le formulaire en anglais', 'nationality'],
    ['do you have an English speaking line', 'nationality'],
    ['ma carte vitale ne marche pas à la pharmacie', 'activity'],
    ['the card does not work', 'activity'],
    ['can I start working before that', 'activity'],
    ["j'étais étudiant l'an dernier", 'activity'],
    ['my former employer never answered', 'activity'],
    ['il faut attendre trois mois ?', 'months'],
    ['the three month rule', 'months'],
    ['un contrat de 6 mois', 'months'],
    ['dossier envoyé il y a 4 mois', 'months'],
    ['comment prouver trois mois de résidence', 'months'],
    ['they want an S1 but I cannot get one', 'cover'],
    ['comment avoir un numéro définitif', 'number'],
    ['does my husband need a visa', 'permit'],
    ["j'ai habité 12 ans au Canada", 'nationality'],
    ['comment demander la nationalité française', 'nationality'],
  ])('%s → no %s', (text, slot) => {
    expect(facts(text)[slot]).toBeUndefined();
  });
});

describe('negation', () => {
  test.each<[string, Profile]>([
    ["mon visa n'est pas encore validé", { visaValidated: false }],
    ["I haven't validated my visa yet", { visaValidated: false }],
    ['je ne travaille pas', { activity: 'none' }],
    ["I'm not working at the moment", { activity: 'none' }],
    ['sans papiers', { permit: 'none' }],
    ["je n'ai pas d'enfant", { children: false }],
    ['je ne suis plus salariée, je suis au chômage', { activity: 'jobseeker' }],
  ])('%s', (text, expected) => {
    expect(facts(text)).toMatchObject(expected);
  });

  test('a denied value is not taken', () => {
    expect(facts('je ne suis pas étudiant').activity).toBeUndefined();
    expect(facts("I'm not retired").activity).toBeUndefined();
    expect(facts('je ne suis pas algérien').activity).toBeUndefined();
  });
});

describe('third persons', () => {
  test.each([
    'mon mari est algérien et travaille à Nice',
    'ma femme est retraitée, espagnole',
    'my wife is Brazilian and she is a student',
    'mon fils a un récépissé',
  ])('facts about somebody else never fill the slots: %s', (text) => {
    const { nationality, activity, permit } = facts(text);
    expect([nationality, activity, permit]).toEqual([undefined, undefined, undefined]);
  });

  test('both people of one sentence are told apart', () => {
    expect(facts('je suis péruvienne, mariée à un italien qui travaille à Lyon')).toMatchObject({
      country: ['PE'],
      nationality: 'other',
      relation: 'spouse',
      joining: 'insuredWorker',
    });
    expect(facts('my husband is Dutch, I am from Kenya')).toMatchObject({ country: ['KE'], nationality: 'other' });
  });

  test.each<[string, Profile]>([
    ['I am married to a French citizen, he works at Peugeot', { relation: 'spouse', joining: 'insuredWorker' }],
    ['mon mari est salarié ici et moi je ne travaille pas', { relation: 'spouse', joining: 'insuredWorker' }],
    ['my wife works as a nurse in Lyon', { relation: 'spouse', joining: 'insuredWorker' }],
    ['my husband is French', { relation: 'spouse' }],
  ])('the work of the spouse is cover to join, never the own work: %s', (text, expected) => {
    const { relation, joining, activity } = facts(text);
    expect({ relation, ...(joining === undefined ? {} : { joining }) }).toEqual(expected);
    expect(activity).not.toBe('employee');
  });

  test.each<[string, Profile]>([
    ['moi français, elle néerlandaise, elle est couverte ?', { subject: 'spouse', country: ['NL'], nationality: 'eu' }],
    [
      'je suis suisse et mon mari chilien, il est couvert ?',
      { subject: 'spouse', country: ['CL'], nationality: 'other' },
    ],
    ["I'm Irish, she's Thai, is she insured?", { subject: 'spouse', country: ['TH'], nationality: 'other' }],
  ])('two people, and the question is about the other one: %s', (text, expected) => {
    expect(facts(text)).toEqual(expected);
  });

  test.each<[string, Profile]>([
    ["c'est pour ma mère, elle est tunisienne", { subject: 'parent', nationality: 'other' }],
    ["j'aide une voisine malienne, a-t-elle droit à quelque chose", { subject: 'other', country: ['ML'] }],
    ['my father is Indian, can he join my cover', { subject: 'parent', country: ['IN'] }],
  ])('help for somebody: %s', (text, expected) => {
    expect(facts(text)).toMatchObject(expected);
  });

  test('in a conversation about the mother, "she" is the mother', () => {
    const answers = says("elle est algérienne, j'ai un cdi", {
      language: 'fr',
      profile: { subject: 'parent' },
    }).answers;
    expect(answers).toMatchObject({ country: ['DZ'], nationality: 'other', joining: 'insuredWorker' });
    expect(answers.activity).toBeUndefined();
  });
});

describe('dates and durations (today: 10 February 2026)', () => {
  test.each<[string, Profile]>([
    ['je suis arrivée le 3 septembre', { arrival: '2025-09-03' }],
    ['arrived 3 sept', { arrival: '2025-09-03' }],
    ['I moved here on September 3rd, 2024', { arrival: '2024-09-03' }],
    ['arrivé le 20/11/2025', { arrival: '2025-11-20' }],
    ['came on 2025-12-01', { arrival: '2025-12-01' }],
    ['arrivé en octobre', { arrival: '2025-10' }],
    ['here since March 2024', { arrival: '2024-03' }],
    ['we arrived last month', { arrival: '2026-01' }],
    ['je suis en France depuis 2 mois', { months: 2 }],
    ['arrivés il y a trois semaines', { months: 0 }],
    ['I have been living here for 8 weeks', { months: 1 }],
    ["ça fait un an et demi que j'habite ici", { months: 18 }],
    ['been here half a year', { months: 6 }],
    ["j'ai envoyé mon dossier le 5 janvier", { sentOn: '2026-01-05', stage: 'sent' }],
    ['je commence mon travail le 2 mars', { activityStart: '2026-03-02', activity: 'employee' }],
    ['I started my job on 2 February', { activity: 'employee' }],
    ["j'arrive en France le 15 avril 2026", { livesIn: 'notYet' }],
  ])('%s', (text, expected) => {
    expect(facts(text)).toMatchObject(expected);
  });

  test('a job that began is not to begin in a year', () => {
    expect(facts("j'ai signé mon contrat le 2 janvier").activityStart).toBeUndefined();
    expect(facts('I started my job on 2 February').activityStart).toBeUndefined();
    expect(facts('mon contrat commence le 2 avril').activityStart).toBe('2026-04-02');
  });

  test('an impossible day is no date', () => {
    expect(facts('arrivé le 31/02/2026').arrival).toBeUndefined();
    expect(facts('arrivé le 45 mars').arrival).not.toBe('2025-03-45');
  });
});

test('correction is reported with its value', () => {
  expect(says('pardon, je voulais dire étudiante')).toMatchObject({
    correction: true,
    answers: { activity: 'student' },
  });
  expect(says("sorry, I meant I'm self-employed")).toMatchObject({
    correction: true,
    answers: { activity: 'selfEmployed' },
  });
});

describe('a year without a month', () => {
  test.each<[string, number | undefined]>([
    ['je vis en France depuis 2018', 85],
    ["I've been living here since 2023", 25],
    // Five years may or may not be over; three months may or may not be over.
    ['I have lived here since 2021', undefined],
    ['je vis ici depuis 2025', undefined],
    ['je suis salarié depuis 2019', undefined],
    ['my permit has been valid since 2018', undefined],
  ])('counts from its end, and only where that changes nothing: %s', (text, months) => {
    expect(facts(text).months).toBe(months);
  });
});

describe('an age that is said needs not be asked', () => {
  test.each<[string, Profile]>([
    ["je suis étudiante algérienne, j'ai 30 ans", { activity: 'student', age: 'adult', over28: true }],
    ["j'ai 17 ans", { age: 'from16to17' }],
    ['Algerian student, 31 years old', { activity: 'student', over28: true }],
    ["I'm 24 and I study in Lyon", { over28: false }],
    ['أنا طالب جزائري عمري 30 سنة', { activity: 'student', over28: true }],
    ['我是阿尔及利亚留学生，30岁', { activity: 'student', over28: true }],
    ['я студент из Алжира, мне 30 лет', { over28: true }],
    ['я студентка з Алжиру, мені 22 роки', { over28: false }],
    ['soy estudiante argelino, tengo 30 años', { over28: true }],
    ['sou estudante argelino, tenho 30 anos', { over28: true }],
    ['sono studente algerino, ho 30 anni', { over28: true }],
    ['ich bin Student aus Algerien, bin 30 Jahre alt', { over28: true }],
    ['sunt student din Algeria, am 30 de ani', { over28: true }],
    ['Cezayirli öğrenciyim, 30 yaşındayım', { over28: true }],
  ])('%s', (text, expected) => {
    expect(facts(text)).toMatchObject(expected);
    expect(facts(text).months).toBeUndefined();
  });

  test.each([
    "j'ai 30 ans de carrière en Algérie",
    'my birth certificate is 2 years old',
    "I'm 2 months pregnant",
    'my daughter is 5 years old',
    'I am 40 km from Lyon',
    'I am an employee and I have a residence permit',
    'I am one of three brothers',
    'tengo 30 años de experiencia',
    'ho 30 anni di lavoro',
    '超过28岁',
    'mon acte de naissance a 3 ans',
  ])('an age of something or somebody else is none: %s', (text) => {
    expect(facts(text).age).toBeUndefined();
    if (text !== '超过28岁') expect(facts(text).over28).toBeUndefined();
  });
});
