import { findTerms } from '../../src/conversation/find-terms';
import { nowhere, openTestConversation, presses } from '../support/edges';
import { answers, type Happening } from '../support/machine';
import { library, reply, sectionOf, textOf } from '../support/scene';

const terms = (text: string) => [...findTerms(library, text).keys()];
const offered = (events: Happening[], language = 'en') =>
  reply(events, library, language).choices.flatMap(({ value }) => (value.startsWith('term=') ? [value.slice(5)] : []));
const asks = (topic: string): Happening => ({ type: 'user.asked', policy: 'answer', topics: [topic] });
const toOutcome = answers({ nationality: 'other', activity: 'employee', permit: 'residencePermit' });

describe('terms of the glossary', () => {
  test.each([
    ['Send the S1 to the CPAM, not the S1106.', ['s1', 'cpam']],
    ['They pass the css class.', []],
    ['PASS and CSS are names.', ['pass', 'css']],
    ['L’appli carte Vitale et la Carte vitale', ['appli-carte-vitale', 'carte-vitale']],
    ["Une attestation d’hébergement, c'est gratuit.", ['attestation-hebergement']],
    ['请联系CPAM。', ['cpam']],
    ['nothing to explain, in Ribeauvillé', []],
  ])('are found by their French names: %s', (text, found) => {
    expect(terms(text)).toEqual(found);
  });
  test('every card has a name under which it is found', () => {
    for (const { id, names } of Object.values(library.glossary))
      for (const name of names) expect([name, terms(`« ${name} »`)]).toEqual([name, [id]]);
  });
  test('at most three are offered, the longest names first, those not opened yet before the others', () => {
    const first = offered(toOutcome);
    expect(first).toEqual(['domiciliation', 'apostille', 'rib']);
    const opens: Happening = { type: 'user.opened-term', term: 'domiciliation' };
    expect(offered([opens, ...toOutcome])).toEqual(['apostille', 'rib', 'domiciliation']);
    const all = ['domiciliation', 'apostille', 'rib'].map((term): Happening => ({ type: 'user.opened-term', term }));
    expect(offered([...all, asks('rib-bank-account')])).toContain('rib');
  });
  test.each(['fr', 'en'])('the card in %s is the only thing said beside what is pending', (language) => {
    const said = reply(
      [...answers({ nationality: 'other' }), { type: 'user.opened-term', term: 'puma' }],
      library,
      language,
    );
    expect(said.bubbles.map(({ card }) => card?.kind)).toEqual(['glossary', undefined]);
    expect(said.status).toBe('answered');
  });
  test('whoever waits after danger gets no term under it', () => {
    expect(offered([...toOutcome, { type: 'user.in-danger', danger: 'emergency' }])).toEqual([]);
  });
});

describe('useful or not', () => {
  test('is counted once an article and conversation, by the language it was read in', async () => {
    const { takeTurn, ratings } = await openTestConversation();
    await takeTurn(presses('lang=fr'), nowhere);
    await takeTurn(presses('ask=css'), nowhere);
    const tap = presses('useful=yes:css');
    await takeTurn(tap, nowhere);
    await takeTurn(tap, nowhere);
    await takeTurn(presses('useful=no:css'), nowhere);
    await takeTurn(presses('do=restart'), nowhere);
    await takeTurn(presses('useful=no:css'), nowhere);
    await takeTurn(presses('useful=no:mutuelle'), nowhere);
    expect(ratings).toEqual([
      { article: 'css', language: 'fr', useful: true },
      { article: 'mutuelle', language: 'fr', useful: false },
    ]);
  });
  test('what is no article of ours is not counted', async () => {
    const { takeTurn, ratings } = await openTestConversation();
    for (const value of ['useful=yes:somebody', 'useful=maybe:css', 'useful=yes', 'useful=css'])
      await takeTurn(presses(value), nowhere);
    expect(ratings).toEqual([]);
  });
});

describe('the form', () => {
  const part = (facts: Parameters<typeof answers>[0], language = 'en') =>
    sectionOf(
      reply([...answers(facts), { type: 'user.opened-form' }, { type: 'user.continued' }], library, language),
      'forms:sections.situation',
      library,
      language,
    ).join('\n');
  test('shows a reader what concerns them, and everything that may while nothing is known', () => {
    expect(part({ activity: 'employee' })).toMatch(/Employee/);
    expect(part({ activity: 'employee' })).not.toMatch(/Not working|Arrival in France|Self-employed/);
    expect(part({ activity: 'none', nationality: 'eu' })).toMatch(/Not working[\s\S]*Arrival in France[\s\S]*S1/);
    expect(part({ activity: 'none', nationality: 'french' })).not.toMatch(/Residence permit/);
    const open = part({ livesIn: 'mainland' });
    for (const line of [/Employee/, /Self-employed/, /Retired/, /Residence permit/]) expect(open).toMatch(line);
    expect(part({ activity: 'student' }, 'fr')).toMatch(/Études[\s\S]*certificat de scolarité/);
  });
  test('of somebody else says who "you" is', () => {
    const events: Happening[] = [...answers({ subject: 'spouse' }), { type: 'user.opened-form' }];
    expect(textOf(reply(events))).toMatch(/"you" means the person to register/);
    expect(textOf(reply([{ type: 'user.opened-form' }]))).not.toMatch(/"you" means/);
  });
  test('is offered beside the articles about it', () => {
    const values = (topic: string) => reply([asks(topic)]).choices.map(({ value }) => value);
    expect(values('s1106-filling')).toContain('do=form');
    expect(values('css')).not.toContain('do=form');
  });
});

describe('papers to take along', () => {
  const letter: Happening = { type: 'user.wants-paper', paper: 'letter' };
  const script: Happening = { type: 'user.wants-paper', paper: 'script' };
  const cardValues = (events: Happening[]) =>
    reply(events).bubbles.flatMap(({ card }) =>
      (card?.sections ?? []).flatMap(({ choices }) => (choices ?? []).map(({ value }) => value)),
    );
  test('the card of a verdict offers what it needs', () => {
    expect(cardValues(toOutcome)).toEqual(expect.arrayContaining(['do=form', 'do=letter', 'do=script']));
    const student = answers({ nationality: 'eu', activity: 'student', cover: 'none', over28: false });
    expect(cardValues(student)).toEqual(expect.arrayContaining(['do=script']));
    expect(cardValues(student)).not.toEqual(expect.arrayContaining(['do=letter']));
    expect(cardValues(student)).not.toEqual(expect.arrayContaining(['do=form']));
  });
  test('the letter names the papers that are required, and no others', () => {
    const lines = sectionOf(reply([...toOutcome, letter]), 'papers:letter.papersHeading');
    expect(lines).toEqual(expect.arrayContaining(['- Formulaire S1106', '- Form S1106', '- Contrat de travail']));
    expect(lines).not.toContain('- Apostille ou légalisation');
  });
  test.each(['en', 'fr'])('every line in %s has its meaning below, unless it is read in French', (language) => {
    for (const paper of [letter, script]) {
      const [bubble] = reply([...toOutcome, paper], library, language).bubbles;
      const own = bubble?.card?.sections.slice(0, -1).flatMap(({ lines }) => lines) ?? [];
      expect(own.length).toBeGreaterThan(4);
      for (const { note } of own) expect(note === undefined).toBe(language === 'fr');
    }
  });
  test('what could harm is not volunteered', () => {
    const facts = { nationality: 'other', activity: 'none', country: ['TN'] } as const;
    const said = (permit: 'expired' | 'receipt') =>
      sectionOf(reply([...answers({ ...facts, country: ['TN'], permit }), script]), 'papers:script.heading').join();
    expect(said('receipt')).toMatch(/Document de séjour/);
    expect(said('expired')).toMatch(/Tunisie/);
    expect(said('expired')).not.toMatch(/Document de séjour/);
  });
  test('both lines with their hours stand at the end', () => {
    for (const paper of [letter, script]) {
      const [bubble] = reply([...toOutcome, paper]).bubbles;
      const last = bubble?.card?.sections.at(-1)?.lines ?? [];
      expect(last.map(({ tel, note }) => [typeof tel, typeof note])).toEqual([
        ['string', 'string'],
        ['string', 'string'],
      ]);
    }
  });
});
