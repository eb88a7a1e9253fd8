import { emptyContext } from '../../dialogs/context';
import { hashShape, shapeOf } from '../../dialogs/drawing';
import { begin } from '../../dialogs/move';
import { save, wake } from '../../dialogs/saved';
import shape from '../../dialogs/shape.json';
import { answers, machine, play, stamp, stateOf } from '../support/machine';

const library = 'abc';
const roundTrip = (events: Parameters<typeof play>[0]) =>
  JSON.parse(JSON.stringify(save(play(events).snapshot, library)));
const wakeUp = (saved: unknown, hash = library) => wake(saved, machine, hash, stamp);

test('the machine has the shape that is checked in (accept with "npm run draw -- --shape", or write a migration)', () => {
  const now = shapeOf(machine);
  expect(shape).toEqual({ hash: hashShape(now), ...now });
});

test.each([
  ['greeting', []],
  ['asking.activity', answers({ nationality: 'eu' })],
  ['outcome', answers({ nationality: 'eu' }, { activity: 'employee' })],
  ['withAdviser.talking', [{ type: 'user.wants-human' as const }, { type: 'adviser.claimed' as const }]],
])('a saved conversation wakes up where it was: %s', (state, events) => {
  const saved = roundTrip(events);
  expect(stateOf(wakeUp(saved))).toBe(state);
  expect(wakeUp(saved).context).toEqual(saved.context);
});

test('a new library asks the rules again', () => {
  const saved = {
    ...roundTrip([{ type: 'user.arrived' }, ...answers({ nationality: 'eu' })]),
    value: { asking: 'permit' },
  };
  expect(stateOf(wakeUp(saved, 'another library'))).toBe('asking.activity');
});

test('a state that no longer exists is rebuilt from the profile', () => {
  const saved = roundTrip([{ type: 'user.arrived' }, ...answers({ nationality: 'eu' })]);
  expect(stateOf(wakeUp({ ...saved, shape: 'old', value: { asking: 'favouriteColour' } }))).toBe('asking.activity');
  expect(stateOf(wakeUp({ ...saved, shape: 'old', value: 'noSuchPlace' }))).toBe('asking.activity');
});

test('a value or slot that no longer exists is dropped and asked again, the rest is kept', () => {
  const saved = roundTrip([{ type: 'user.arrived' }, ...answers({ nationality: 'eu', children: true })]);
  saved.shape = 'old';
  saved.context.people[0].profile = { nationality: 'martian', children: true, shoeSize: 42 };
  const awake = wakeUp(saved);
  expect(awake.context.people[0]?.profile).toEqual({ children: true });
  expect(stateOf(awake)).toBe('asking.nationality');
});

test.each([
  null,
  undefined,
  42,
  'x',
  [],
  {},
  { context: null },
  { context: { people: 'no' } },
  { schema: 1, value: [] },
])('what cannot be read becomes a fresh conversation, never an error: %j', (stored) => {
  const awake = wakeUp(stored);
  expect(awake.value).toEqual(begin(machine).value);
  expect(awake.context).toEqual(emptyContext());
});
