import { save, wake } from '../../dialogs/saved';
import { formSections } from '../../src/domain/ids';
import { answers, type Happening, machine, play, stamp, stateOf } from '../support/machine';

const toOutcome: Happening[] = answers(
  { nationality: 'other' },
  { activity: 'employee' },
  { permit: 'residencePermit' },
);
const opens: Happening = { type: 'user.opened-form' };
const next: Happening = { type: 'user.continued' };
const stops: Happening = { type: 'user.stopped' };

test('there is one state a part, in the order of the paper, and after the last one the verdict', () => {
  const states = formSections.map((_, index) => play([...toOutcome, opens, ...Array(index).fill(next)]).state);
  expect(states).toEqual(['formHelp.identity', 'formHelp.situation', 'formHelp.declaration']);
  expect(play([...toOutcome, opens, next, next, next]).state).toBe('outcome');
});

test('"back" goes one part back, and out of the first one', () => {
  const last = [...toOutcome, opens, next, next];
  const back: Happening = { type: 'user.went-back' };
  expect(play([...last, back]).state).toBe('formHelp.situation');
  expect(play([...toOutcome, opens, back])).toMatchObject({ state: 'outcome' });
  expect(play([...last, back]).snapshot.context.people[0]?.profile).toEqual({
    nationality: 'other',
    activity: 'employee',
    permit: 'residencePermit',
  });
});

test.each<[string, Happening[], string]>([
  ['the greeting', [], 'greeting'],
  ['a question', answers({ nationality: 'other' }), 'asking.activity'],
  ['a verdict', toOutcome, 'outcome'],
  ['the journey', answers({ stage: 'sent' }), 'followingFile'],
  ['the wait for a person', [{ type: 'user.wants-human' }], 'withAdviser.waiting'],
])('from %s it leads back there', (_name, events, state) => {
  const open = play([...events, opens]);
  expect(open.state).toBe('formHelp.identity');
  expect(play([stops], open.snapshot).state).toBe(state);
  expect(play([next, next, next], open.snapshot).state).toBe(state);
});

test('an adviser who comes is let in, but only when somebody asked for one', () => {
  const claimed: Happening = { type: 'adviser.claimed' };
  expect(play([{ type: 'user.wants-human' }, opens, claimed]).state).toBe('withAdviser.talking');
  expect(play([...toOutcome, opens, claimed]).state).toBe('formHelp.identity');
});

test('a verdict without the form says so and does not move', () => {
  const s1 = answers({ nationality: 'eu', activity: 'retired', cover: 's1' });
  const { state, effects } = play([opens], play(s1).snapshot);
  expect(state).toBe('outcome');
  expect(effects).toEqual([{ type: 'form.unneeded' }]);
});

test('facts in the middle are noted and the part stays, unless they lead to another route or stage', () => {
  const part = play([...toOutcome, opens, next]).snapshot;
  const same = play(answers({ activity: 'selfEmployed' }), part);
  expect(same.state).toBe('formHelp.situation');
  expect(same.effects).toEqual([
    { type: 'answer.changed', params: { slots: ['activity'], previous: part.context.people[0]?.profile } },
  ]);
  expect(play(answers({ activity: 'farm' }), part).state).toBe('outcome');
  expect(play(answers({ stage: 'sent' }), part).state).toBe('followingFile');
  expect(play(answers({ stage: 'preparing' }), part).state).toBe('formHelp.situation');
});

test('after danger, going on stays at the part', () => {
  const part: Happening[] = [...toOutcome, opens, next];
  const after = play([...part, { type: 'user.in-danger', danger: 'emergency' }, next]);
  expect(after.state).toBe('formHelp.situation');
  expect(after.snapshot.context.paused).toBe(false);
});

test('"stop" anywhere else ends nothing', () => {
  const { state, effects } = play([stops], play(answers({ nationality: 'other' })).snapshot);
  expect(state).toBe('asking.activity');
  expect(effects).toEqual([{ type: 'message.unclear', params: { reason: 'bye', misses: 0 } }]);
});

test('a saved part wakes up where it was, also with another library', () => {
  const { snapshot } = play([{ type: 'user.wants-human' }, opens, next, { type: 'user.opened-term', term: 'rib' }]);
  const saved = JSON.parse(JSON.stringify(save(snapshot, 'abc')));
  for (const library of ['abc', 'another']) {
    const awake = wake(saved, machine, library, stamp);
    expect(stateOf(awake)).toBe('formHelp.situation');
    expect(awake.context).toMatchObject({ opened: ['rib'], resume: 'withAdviser' });
  }
});

test('a conversation saved before there was any of this goes on', () => {
  const saved = JSON.parse(JSON.stringify(save(play(toOutcome).snapshot, 'abc')));
  const { opened: _o, rated: _r, resume: _s, ...context } = saved.context;
  const awake = wake({ ...saved, shape: 'before', context }, machine, 'abc', stamp);
  expect(awake.context.people).toEqual(saved.context.people);
  expect(awake.context).toMatchObject({ opened: [], rated: [], resume: null });
});
