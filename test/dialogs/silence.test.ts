import fc from 'fast-check';
import type { Snapshot } from '../../dialogs/move';
import { slots } from '../../src/domain/profile';
import { sampleValues } from '../../src/domain/sample-profiles';
import { answers, type Happening, play, stateOf } from '../support/machine';
import { reply } from '../support/scene';

const runs = process.env.WALK === 'full' ? 20_000 : 1_500;

/** Everything a person can do, at least one of each kind; what the machine takes for a person's words. */
const persons: Happening[] = [
  { type: 'user.arrived' },
  { type: 'user.started' },
  { type: 'user.chose-language', language: 'fr', explicit: true },
  { type: 'user.chose-language', language: 'en', explicit: false },
  ...answers({ nationality: 'other' }, { activity: 'employee' }, { permit: 'residencePermit' }, { stage: 'sent' }),
  ...answers({ subject: 'child' }, { permit: 'expired' }, { children: true }),
  { type: 'user.corrected', answers: {} },
  { type: 'user.corrected', answers: { activity: 'student' } },
  { type: 'user.picked-question', slot: 'permit' },
  { type: 'user.asked', policy: 'answer', topics: ['css'] },
  { type: 'user.asked', policy: 'suggest', topics: ['css'] },
  { type: 'user.asked', policy: 'refuse-out', topics: [] },
  { type: 'user.asked-why' },
  { type: 'user.opened-term', term: 'rib' },
  { type: 'user.rated', topic: 'css', useful: false },
  { type: 'user.wants-paper', paper: 'script' },
  { type: 'user.opened-form' },
  { type: 'user.stopped' },
  { type: 'user.wants-result' },
  { type: 'user.wants-human' },
  { type: 'user.withdrew' },
  { type: 'user.wrote' },
  { type: 'user.judged', helped: false, reason: null },
  { type: 'user.went-back' },
  { type: 'user.continued' },
  { type: 'user.restarted' },
  { type: 'user.wants-code' },
  {
    type: 'user.resumed',
    people: [{ id: 'p1', relation: 'self', profile: { permit: 'talent' } }],
    current: 'p1',
    language: 'fr',
  },
  { type: 'user.wants-data' },
  { type: 'user.wants-reminder', on: null },
  { type: 'user.cancelled-reminder' },
  { type: 'user.judged-keeping', allowed: true },
  { type: 'user.shared-private', kinds: ['nir'] },
  { type: 'user.was-unclear', reason: 'notUnderstood' },
  { type: 'user.was-unclear', reason: 'help' },
];
/** What nobody may hold up: it ends the exchange. */
const forget: Happening = { type: 'user.forget-me' };
const danger: Happening = { type: 'user.in-danger', danger: 'emergency' };
const desk: Happening[] = [
  { type: 'adviser.claimed' },
  { type: 'adviser.said', text: 'words' },
  { type: 'adviser.sent', piece: { kind: 'article', id: 'css' } },
  { type: 'adviser.sent-verdict' },
  { type: 'adviser.corrected', answers: { permit: 'talent' } },
  { type: 'adviser.passed-on' },
  { type: 'adviser.returned' },
  { type: 'adviser.closed' },
  { type: 'adviser.failed' },
  { type: 'clock.nobody-came' },
  { type: 'clock.adviser-silent' },
  { type: 'clock.person-silent' },
];
const isHeld = (snapshot: Snapshot): boolean => stateOf(snapshot) === 'withAdviser.talking';

test('the list of a person’s events is whole: none that the machine knows is missing', () => {
  const known = new Set(persons.concat(danger, forget).map(({ type }) => type));
  const { machine } = jest.requireActual('../support/machine') as typeof import('../support/machine');
  const named = machine.events.filter((type) => type.startsWith('user.') && type !== 'user.*');
  expect(named.filter((type) => !known.has(type as never))).toEqual([]);
});

test(`${runs} random lives of a conversation: while an adviser holds it, the bot says nothing of its own but danger`, () => {
  let held = 0;
  const event = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...persons) },
    { weight: 2, arbitrary: fc.constantFrom(...persons.filter(({ type }) => type === 'user.wants-human')) },
    { weight: 1, arbitrary: fc.constant(danger) },
    { weight: 1, arbitrary: fc.constant(forget) },
    { weight: 3, arbitrary: fc.constantFrom(...desk) },
    { weight: 3, arbitrary: fc.constant<Happening>({ type: 'adviser.claimed' }) },
  );
  fc.assert(
    fc.property(fc.array(event, { minLength: 3, maxLength: 30 }), (events) => {
      let { snapshot } = play([]);
      for (const happening of events) {
        const before = snapshot;
        const { snapshot: after, effects } = play([happening], before);
        snapshot = after;
        const types = effects.map(({ type }) => type);
        if (!isHeld(before)) {
          // Nobody comes to whom nobody has asked for.
          if (isHeld(after)) expect(before.context.requested).toBe(true);
          continue;
        }
        held += 1;
        expect(after.context.requested || !isHeld(after)).toBe(true);
        if (happening === forget) {
          expect([types, stateOf(after), after.context.requested]).toEqual([
            ['conversation.forgotten'],
            'closed',
            false,
          ]);
          continue;
        }
        if (!happening.type.startsWith('user.')) continue;
        expect(isHeld(after)).toBe(true);
        expect(types).toEqual(happening.type === 'user.in-danger' ? ['danger.met'] : []);
      }
    }),
    { numRuns: runs, seed: 20261122 },
  );
  process.stdout.write(`an adviser held the conversation in ${held} steps\n`);
  expect(held).toBeGreaterThan(runs);
}, 120_000);

const places: [string, Happening[]][] = [
  ['greeting', []],
  ['asking', answers({ nationality: 'other' })],
  ['outcome', answers({ nationality: 'other', activity: 'employee', permit: 'residencePermit' })],
  ['correction', [...answers({ nationality: 'eu', activity: 'employee' }), { type: 'user.corrected', answers: {} }]],
  ['followingFile', answers({ stage: 'sent' })],
  ['formHelp', [...answers({ nationality: 'other' }), { type: 'user.opened-form' }]],
  ['danger', [danger]],
  ['closed', [{ type: 'user.forget-me' }]],
];

test.each(places)('held after %s, nothing that a person does makes the bot write one word', (_name, events) => {
  const held: Happening[] = [...events, { type: 'user.wants-human' }, { type: 'adviser.claimed' }];
  expect(play(held).state).toBe('withAdviser.talking');
  for (const happening of persons) {
    const said = reply([...held, happening]);
    expect([happening.type, said.bubbles, said.choices, said.status]).toEqual([
      happening.type,
      [],
      [],
      'handoff-active',
    ]);
  }
  expect(reply([...held, forget]).status).toBe('closed');
  const warned = reply([...held, danger]);
  expect([warned.status, warned.bubbles.length, warned.choices]).toEqual(['crisis', 1, []]);
});

test.each(slots)('a pressed answer to %s is noted silently while an adviser talks', (slot) => {
  const [value] = sampleValues(slot);
  const held = play([{ type: 'user.wants-human' }, { type: 'adviser.claimed' }]).snapshot;
  const after = play([{ type: 'user.answered', answers: { [slot]: value } } as Happening], held);
  expect(after).toMatchObject({ state: 'withAdviser.talking', effects: [] });
});
