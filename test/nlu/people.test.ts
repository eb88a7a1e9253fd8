import type { Profile } from '../../src/domain/profile';
import { asking, openSays, type Says } from './support';

let says: Says;
beforeAll(async () => {
  ({ says } = await openSays());
});

describe('who is to come to the writer is the one to be registered, and the writer the one who works', () => {
  test.each<[string, string, Profile]>([
    ['fr', 'ma mère veut me rejoindre, je travaille à Lille', { subject: 'parent', joining: 'insuredWorker' }],
    ['fr', "j'ai un CDI et je veux faire venir mon père", { subject: 'parent', joining: 'insuredWorker' }],
    ['en', "my father wants to live with me, I'm an employee", { subject: 'parent', joining: 'insuredWorker' }],
    ['en', 'I have a job and plan to bring my mother over', { subject: 'parent', joining: 'insuredWorker' }],
    ['es', 'mi madre quiere venir a vivir conmigo, trabajo en Pau', { subject: 'parent', joining: 'insuredWorker' }],
    ['pt', 'meu pai quer morar comigo, trabalho em Lyon', { subject: 'parent', joining: 'insuredWorker' }],
    ['it', 'mia madre vuole raggiungermi, lavoro a Nizza', { subject: 'parent', joining: 'insuredWorker' }],
    ['de', 'mein Vater möchte zu mir ziehen, ich arbeite in Metz', { subject: 'parent', joining: 'insuredWorker' }],
    ['ru', 'папа хочет переехать ко мне, я работаю в Ницце', { subject: 'parent', joining: 'insuredWorker' }],
    ['uk', 'тато хоче жити зі мною, я працюю в Ніцці', { subject: 'parent', joining: 'insuredWorker' }],
    ['tr', 'babam yanıma gelmek istiyor, ben Lyon’da çalışıyorum', { subject: 'parent', joining: 'insuredWorker' }],
    ['zh', '我爸爸想来法国和我一起住，我在里昂工作', { subject: 'parent', joining: 'insuredWorker' }],
    ['ar', 'أبي يريد أن يلتحق بي وأنا أعمل في ليون', { subject: 'parent', joining: 'insuredWorker' }],
    ['ro', 'tata vrea să locuiască cu mine, eu sunt student', { subject: 'parent' }],
    ['en', 'my husband wants to join me, I am a student in Lyon', { subject: 'spouse' }],
    [
      'en',
      'my wife wants to join me, she is Indian and has a long stay visa, I work at Renault',
      { subject: 'spouse', country: ['IN'], nationality: 'other', permit: 'longStayVisa', joining: 'insuredWorker' },
    ],
  ])('%s: %s', (language, text, expected) => {
    expect(says(text, { language }).answers).toEqual(expected);
  });

  test('how old they are is no stay, and the article about them is still found', () => {
    for (const text of [
      'ma mère, 71 ans, veut vivre chez moi en France',
      'ma mère de 71 ans veut vivre avec moi en France',
    ])
      expect(says(text)).toMatchObject({
        answers: { subject: 'parent' },
        question: { policy: 'answer', topics: ['route-parent-joining'] },
      });
    expect(says('ma mère, 71 ans, veut vivre chez moi en France').answers.months).toBeUndefined();
    expect(says('my mother wants to live with me, she has been in France for 2 years').answers.months).toBe(24);
  });

  test.each<[string, Profile]>([
    ['I want to join my husband, he works in Lyon', { relation: 'spouse', joining: 'insuredWorker' }],
    ['ma femme va me rejoindre, je travaille chez Airbus', { activity: 'employee' }],
    ['my wife is joining me next month, I work at Airbus', { activity: 'employee', relation: 'spouse' }],
  ])('the writer stays the subject: %s', (text, expected) => {
    expect(says(text).answers).toEqual(expected);
  });

  test('nor is anybody else registered by an answer to the question of the family, or where it is known who is', () => {
    const text = 'my mother wants to join me, I work in Paris';
    expect(says(text, asking('joining', 'en')).answers.subject).toBeUndefined();
    expect(says(text, { language: 'en', profile: { subject: 'self' } }).answers).toEqual({ activity: 'employee' });
  });
});

describe('a verb of the writer that opens a clause', () => {
  test.each<[string, string, Profile]>([
    ['es', 'mi marido está jubilado, trabajo en un hotel', { activity: 'employee', relation: 'spouse' }],
    ['pt', 'meu marido é francês, trabalho num hotel', { activity: 'employee', relation: 'spouse' }],
    ['it', 'mio marito è francese, lavoro in un albergo', { activity: 'employee', relation: 'spouse' }],
  ])('%s: %s', (language, text, expected) => {
    const { answers } = says(text, { language });
    expect(answers).toMatchObject(expected);
    expect(answers.joining).not.toBe('insuredWorker');
  });

  test.each([
    ['es', 'mi marido busca trabajo en Lyon'],
    ['pt', 'meu marido procura trabalho em Lyon'],
  ])('the same word within a clause about somebody else is theirs, and no work yet: %s %s', (language, text) => {
    const { activity, joining } = says(text, { language }).answers;
    expect(activity).toBeUndefined();
    expect(joining).not.toBe('insuredWorker');
  });
});

test('the words that name somebody are nobody else', () => {
  expect(says('un ami à moi est réfugié').answers).toEqual({});
});
