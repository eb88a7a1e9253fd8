import { openSays, type Says } from './support';

let says: Says;
beforeAll(async () => {
  ({ says } = await openSays());
});

describe('one side of a subject, in two words', () => {
  test.each([
    ['en', 'ok docs?', 'route-employee', 'documents-list'],
    ['en', 'how long?', 'route-employee', 'processing-time'],
    ['en', 'how long?', 'carte-vitale-order', 'carte-vitale-delay'],
    ['en', 'and the price?', 'route-employee', 'cost-of-coverage'],
    ['fr', 'combien de temps ?', 'documents-list', 'processing-time'],
    ['fr', 'combien de temps ?', 'carte-vitale-order', 'carte-vitale-delay'],
    ['fr', 'quels papiers ?', 'route-employee', 'documents-list'],
    ['fr', "c'est gratuit ?", null, 'cost-of-coverage'],
    ['fr', "où l'envoyer ?", 'documents-list', 'where-to-send'],
  ])('%s: "%s" after %s → %s', (language, text, topic, wanted) => {
    const { question, ranked } = says(text, { language, topic });
    expect(question).toMatchObject({ policy: 'answer', topics: [wanted, ...question.topics.slice(1)] });
    expect(ranked[0]?.topic).toBe(wanted);
    expect(question.topics.some((id) => /^(near|out)-/.test(id))).toBe(false);
  });

  test.each([
    'how long is my visa valid?',
    'documents for a carte vitale photo',
    'combien de temps pour le duplicata ?',
  ])('a question that says more is ranked as ever: %s', (text) => {
    expect(says(text).ranked[0]?.probability).toBeLessThan(0.99);
  });
});

describe('turning to another person', () => {
  test.each([
    ['et pour ma femme ?', 'spouse'],
    ['et mon mari ?', 'spouse'],
    ['et pour mes enfants ?', 'child'],
    ['et pour ma mère', 'parent'],
    ['and for my kids?', 'child'],
    ['what about my parents?', 'parent'],
    ['and my wife?', 'spouse'],
  ])('%s → %s', (text, subject) => {
    const language = /^(and|what)/.test(text) ? 'en' : 'fr';
    const { answers, question } = says(text, { language, topic: 'route-employee', profile: { activity: 'employee' } });
    expect(answers).toEqual({ subject });
    expect(['none', 'answer']).toContain(question.policy);
  });

  test.each([
    'ma femme',
    'my husband',
    'et ma carte ?',
    'and my husband works at Airbus',
    'et ma femme est enceinte ?',
  ])('does not turn: %s', (text) => {
    const language = /^(and|my)/.test(text) ? 'en' : 'fr';
    expect(says(text, { language }).answers.subject).toBeUndefined();
  });
});
