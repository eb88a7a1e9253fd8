import type { Profile } from '../../src/domain/profile';
import { asking, openSays, type Says } from './support';

let says: Says;
beforeAll(async () => {
  ({ says } = await openSays());
});

describe('a question what something is states nothing', () => {
  test.each([
    ['fr', "c'est quoi un récépissé de demande de titre"],
    ['fr', 'un NIA ça veut dire quoi'],
    ['fr', 'la différence entre un auto-entrepreneur et un salarié'],
    ['en', 'what is a residence permit exactly'],
    ['en', 'what does NIA mean'],
    ['es', '¿qué es un NIA?'],
    ['pt', 'o que é um NIA?'],
    ['it', "cos'è un récépissé"],
    ['de', 'was ist denn ein récépissé'],
    ['ro', 'ce înseamnă NIA'],
    ['ru', 'что такое récépissé'],
    ['uk', 'NIA це що таке'],
    ['tr', 'NIA nedir?'],
    ['zh', 'NIA是什么意思'],
    ['ar', 'الفرق بين NIA و NTT'],
  ])('%s: %s', (language, text) => {
    expect(says(text, { language }).answers).toEqual({});
  });

  test('nor does it answer the question on screen', () => {
    expect(says("c'est quoi un NIA", asking('number')).answers).toEqual({});
    expect(says('what is a récépissé', asking('permit', 'en')).answers).toEqual({});
  });

  test.each<[string, Profile]>([
    ["j'ai un récépissé, c'est quoi la suite", { permit: 'receipt' }],
    ["j'ai un NIA c'est quoi", { number: 'provisional' }],
    ['I have a NIA, what is it for', { number: 'provisional' }],
    ['creo que es un NIA', { number: 'provisional' }],
  ])('what the writer has is stated: %s', (text, expected) => {
    expect(says(text).answers).toMatchObject(expected);
  });
});

describe('a question about anybody of a kind states nothing about the writer', () => {
  test.each([
    ['fr', "est-ce qu'une étudiante cotise"],
    ['fr', 'un auto-entrepreneur peut-il avoir la carte'],
    ['en', 'would a freelancer get one too'],
    ['en', 'does an asylum seeker get a card'],
    ['ar', 'هل يحق لطالب لجوء أن يأخذ البطاقة'],
    ['uk', 'чи повинен студент платити'],
  ])('%s: %s', (language, text) => {
    expect(says(text, { language }).answers).toEqual({});
  });
});

describe('what is only supposed is no fact', () => {
  test.each([
    ['fr', 'si je suis étudiante, ça coûte combien'],
    ['fr', 'que se passe-t-il si je deviens auto-entrepreneur ?'],
    ['fr', 'supposons que je suis français'],
    ['en', 'if I am a student, how much is it'],
    ['en', 'what if I am retired'],
    ['es', 'suponiendo que soy francesa'],
    ['en', "suppose I'm French, what then"],
    ['en', 'imagine I am a student'],
    ['pt', 'se eu sou francês, o que muda'],
    ['it', 'se sono studentessa quanto pago'],
    ['de', 'angenommen, ich bin Französin'],
    ['ro', 'dacă sunt studentă cât plătesc'],
    ['ru', 'если я студентка, сколько платить'],
    ['ru', 'а если я француз?'],
    ['uk', 'а якщо я француженка?'],
    ['tr', 'diyelim ki Fransızım'],
    ['zh', '如果我是法国人呢'],
    ['ar', 'إذا أنا لاجئ كم أدفع'],
  ])('%s: %s', (language, text) => {
    expect(says(text, { language }).answers).toEqual({});
  });

  test('nor does it answer the question on screen', () => {
    expect(says('si je suis étudiant ?', asking('activity')).answers).toEqual({});
  });

  test('the question beside it is heard', () => {
    const { question } = says('if I am a student, do I need a translation of my birth certificate?');
    expect(question.policy).toBe('answer');
    expect(question.topics[0]).toBe('birth-certificate-translation');
  });

  test('with no question it is no other subject either', () => {
    expect(says('admettons que je suis salariée', { language: 'fr' })).toMatchObject({
      answers: {},
      question: { policy: 'none' },
    });
  });

  test.each<[string, Profile]>([
    // The condition gives the reason of the question.
    ['quelle case cocher si je suis étudiant', { activity: 'student' }],
    ['which box do I tick if I am a student', { activity: 'student' }],
    ['even if I am a student they want a contract', { activity: 'student' }],
    ['même si je suis étudiante ils veulent un contrat', { activity: 'student' }],
    // Only what stands in the condition is supposed.
    ['si mon patron ne fait rien, que faire', { activity: 'employee' }],
    ['I am a student, what if I become self-employed', { activity: 'student' }],
    ['can I register with my residence permit if I have no job', { permit: 'residencePermit' }],
    ["dites-moi si j'ai droit à la carte, je suis salariée", { activity: 'employee' }],
  ])('but this is said: %s', (text, expected) => {
    expect(says(text).answers).toMatchObject(expected);
  });
});
