import { currentPerson, emptyContext } from '../../dialogs/context';
import { promptOf } from '../../dialogs/prompts';
import { slots } from '../../src/domain/profile';
import { answers, type Happening, play } from '../support/machine';

const other = { nationality: 'other' } as const;
const toPermit: Happening[] = answers(other, { activity: 'employee' });
const toOutcome: Happening[] = [...toPermit, ...answers({ permit: 'residencePermit' })];

describe('greeting', () => {
  test('a conversation begins there, and arriving greets once', () => {
    const { state, effects } = play([{ type: 'user.arrived' }, { type: 'user.arrived' }]);
    expect(state).toBe('greeting');
    expect(effects).toEqual([{ type: 'person.greeted' }]);
  });
  test('"I am starting" leads to the first question', () => {
    expect(play([{ type: 'user.started' }]).state).toBe('asking.nationality');
  });
  test('a fact skips the questions it answers', () => {
    expect(play(answers({ nationality: 'other', activity: 'employee' })).state).toBe('asking.permit');
  });
});

describe('asking', () => {
  test.each(slots)('has a state for %s, whose prompt is that question', (slot) => {
    const { state, snapshot } = play([{ type: 'user.picked-question', slot }]);
    expect(state).toBe(`asking.${slot}`);
    expect(promptOf(snapshot)).toEqual({ kind: 'question', slot, contradiction: null });
  });
  test('an answer for another slot is kept, and the pending question stays', () => {
    const { state, snapshot } = play([...toPermit, ...answers({ children: true })]);
    expect(state).toBe('asking.permit');
    expect(currentPerson(snapshot.context).profile.children).toBe(true);
  });
  test('a question of the FAQ changes nothing but the last topic', () => {
    const before = play(toPermit);
    const after = play([{ type: 'user.asked', policy: 'answer', topics: ['rib-bank-account'] }], before.snapshot);
    expect(after.state).toBe(before.state);
    expect(after.effects).toEqual([
      { type: 'question.answered', params: { policy: 'answer', topics: ['rib-bank-account'], misses: 0 } },
    ]);
    expect(after.snapshot.context).toEqual({ ...before.snapshot.context, topic: 'rib-bank-account' });
  });
  test('"why" and an unclear message leave the question standing; misses are counted and forgotten', () => {
    const why = play([...toPermit, { type: 'user.asked-why' }]);
    expect(why.state).toBe('asking.permit');
    const unclear = play(
      [
        { type: 'user.was-unclear', reason: 'notUnderstood' },
        { type: 'user.was-unclear', reason: 'notUnderstood' },
      ],
      why.snapshot,
    );
    expect(unclear.effects.at(-1)).toEqual({ type: 'message.unclear', params: { reason: 'notUnderstood', misses: 2 } });
    expect(play(answers({ children: false }), unclear.snapshot).snapshot.context.misses).toBe(0);
  });
  test('"back" takes the last answer away and asks it again', () => {
    const { state, snapshot } = play([...toPermit, { type: 'user.went-back' }]);
    expect(state).toBe('asking.activity');
    expect(currentPerson(snapshot.context).profile).toEqual(other);
  });
  test('"back" with nothing said says so', () => {
    const { effects } = play([{ type: 'user.went-back' }]);
    expect(effects).toEqual([{ type: 'message.unclear', params: { reason: 'nothingToUndo', misses: 0 } }]);
  });
  test('after three unknowns in a row the questions stop', () => {
    const unknown = 'unknown' as const;
    expect(play(answers({ nationality: unknown }, { activity: unknown })).state).toMatch(/^asking\./);
    const { snapshot } = play([
      { type: 'user.started' },
      ...answers({ nationality: unknown }, { activity: unknown }, { cover: unknown }),
    ]);
    expect(promptOf(snapshot).kind).toBe('outcome');
  });
});

describe('outcome', () => {
  test('is reached once, with its effect', () => {
    const { state, effects } = play(toOutcome);
    expect(state).toBe('outcome');
    expect(effects).toEqual([{ type: 'outcome.reached' }]);
  });
  test('a changed fact says what it replaced and reaches the outcome anew', () => {
    const { effects } = play([...toOutcome, ...answers({ activity: 'selfEmployed' })]);
    expect(effects.map(({ type }) => type)).toEqual(['outcome.reached', 'answer.changed', 'outcome.reached']);
    expect(effects[1]).toMatchObject({ params: { slots: ['activity'], previous: { activity: 'employee' } } });
  });
  test('a question leaves the verdict standing without reaching it again', () => {
    const { state, effects } = play(
      [{ type: 'user.asked', policy: 'answer', topics: ['css'] }],
      play(toOutcome).snapshot,
    );
    expect(state).toBe('outcome');
    expect(effects.map(({ type }) => type)).toEqual(['question.answered']);
  });
});

describe('correction', () => {
  test('without an answer it opens, and picking a slot asks it', () => {
    const open = play([...toOutcome, { type: 'user.corrected', answers: {} }]);
    expect(open.state).toBe('correction');
    expect(play([{ type: 'user.picked-question', slot: 'activity' }], open.snapshot).state).toBe('asking.activity');
  });
  test('with an answer it is applied at once', () => {
    const { state, snapshot } = play([...toOutcome, { type: 'user.corrected', answers: { activity: 'selfEmployed' } }]);
    expect(state).toBe('outcome');
    expect(currentPerson(snapshot.context).profile.activity).toBe('selfEmployed');
  });
  test('continuing leaves it', () => {
    expect(play([...toOutcome, { type: 'user.corrected', answers: {} }, { type: 'user.continued' }]).state).toBe(
      'outcome',
    );
  });
});

describe('followingFile', () => {
  test('a file on its way leads there, and starting leads to the interview', () => {
    const sent = play(answers({ stage: 'sent' }));
    expect(sent.state).toBe('followingFile');
    expect(play([{ type: 'user.started' }], sent.snapshot).state).toBe('asking.nationality');
  });
  test('preparing is no journey yet', () => {
    expect(play(answers({ stage: 'preparing' })).state).toBe('asking.nationality');
  });
});

describe('withAdviser', () => {
  const waiting = play([...toPermit, { type: 'user.wants-human' }]);
  test('a wish for a person is honoured at once', () => {
    expect(waiting.state).toBe('withAdviser.waiting');
    expect(waiting.effects).toEqual([{ type: 'adviser.requested' }]);
  });
  test('while waiting, facts are noted and the request stands; continuing goes on', () => {
    const noted = play(answers({ permit: 'talent' }), waiting.snapshot);
    expect(noted.state).toBe('withAdviser.waiting');
    expect(play([{ type: 'user.continued' }], noted.snapshot).state).toBe('outcome');
  });
  test('while an adviser talks the bot is silent, but for danger', () => {
    const talking = play([{ type: 'adviser.claimed' }], waiting.snapshot);
    expect(talking.state).toBe('withAdviser.talking');
    const events: Happening[] = [
      ...answers({ permit: 'talent' }),
      { type: 'user.asked', policy: 'answer', topics: ['css'] },
      { type: 'user.wants-human' },
      { type: 'user.restarted' },
      { type: 'user.was-unclear', reason: 'notUnderstood' },
      { type: 'user.chose-language', language: 'en', explicit: true },
    ];
    expect(play(events, talking.snapshot)).toMatchObject({ state: 'withAdviser.talking', effects: [] });
    expect(play([{ type: 'user.in-danger', danger: 'emergency' }], talking.snapshot).effects).toHaveLength(1);
    const back = play([{ type: 'adviser.returned' }], talking.snapshot);
    expect(back.state).toBe('asking.permit');
  });
});

describe('closed', () => {
  test('"forget me" keeps nothing but the language', () => {
    const { state, snapshot } = play([
      { type: 'user.chose-language', language: 'en', explicit: false },
      ...toOutcome,
      { type: 'user.forget-me' },
    ]);
    expect(state).toBe('closed');
    expect(snapshot.context).toEqual({ ...emptyContext(), language: 'en' });
    expect(play([{ type: 'user.arrived' }], snapshot)).toMatchObject({
      state: 'greeting',
      effects: [{ type: 'person.greeted' }],
    });
  });
  test('a new fact begins afresh', () => {
    expect(play([{ type: 'user.forget-me' }, ...answers(other)]).state).toBe('asking.activity');
  });
});

describe('anywhere', () => {
  const places: [string, Happening[]][] = [
    ['greeting', []],
    ['asking', toPermit],
    ['outcome', toOutcome],
    ['correction', [...toOutcome, { type: 'user.corrected', answers: {} }]],
    ['followingFile', answers({ stage: 'sent' })],
    ['formHelp', [...toOutcome, { type: 'user.opened-form' }, { type: 'user.continued' }]],
    ['closed', [{ type: 'user.forget-me' }]],
  ];
  test.each(places)('in %s a person is one message away', (_name, events) => {
    expect(play([...events, { type: 'user.wants-human' }]).state).toBe('withAdviser.waiting');
  });
  test.each(places)('in %s the language changes and no answer is lost', (_name, events) => {
    const before = play([{ type: 'user.chose-language', language: 'fr', explicit: false }, ...events]);
    const after = play([{ type: 'user.chose-language', language: 'en', explicit: true }], before.snapshot);
    expect(after.snapshot.value).toEqual(before.snapshot.value);
    expect(after.snapshot.context.people).toEqual(before.snapshot.context.people);
    expect(after.effects).toEqual([{ type: 'language.changed', params: { explicit: true } }]);
  });
  test.each(places)(
    'in %s danger is met without moving, and nothing is asked until the person goes on',
    (_name, events) => {
      const before = play(events);
      const after = play([{ type: 'user.in-danger', danger: 'suicide' }], before.snapshot);
      expect(after.snapshot.value).toEqual(before.snapshot.value);
      const thanks = play([{ type: 'user.was-unclear', reason: 'thanks' }], after.snapshot);
      expect(promptOf(thanks.snapshot)).toEqual({ kind: 'paused' });
      expect(promptOf(play([{ type: 'user.continued' }], thanks.snapshot).snapshot).kind).not.toBe('paused');
    },
  );
  test('restarting forgets the answers', () => {
    const { state, snapshot } = play([...toOutcome, { type: 'user.restarted' }]);
    expect(state).toBe('greeting');
    expect(currentPerson(snapshot.context).profile).toEqual({});
  });
  test('facts about somebody else never reach the one who writes', () => {
    const { snapshot } = play(answers(other, { subject: 'spouse', activity: 'employee' }));
    expect(snapshot.context.people).toEqual([
      { id: 'p1', relation: 'self', profile: other },
      { id: 'p2', relation: 'spouse', profile: { activity: 'employee' } },
    ]);
    expect(play(answers({ subject: 'self' }), snapshot).snapshot.context.current).toBe('p1');
  });
});

test('after danger, a fact, a picked question or "back" goes on', () => {
  const danger: Happening[] = [...toPermit, { type: 'user.in-danger', danger: 'emergency' }];
  expect(promptOf(play(danger).snapshot)).toEqual({ kind: 'paused' });
  for (const next of [...answers({ children: true }), { type: 'user.went-back' } as const])
    expect(promptOf(play([...danger, next]).snapshot).kind).toBe('question');
});

test('"back" is about the person whom the questions are about', () => {
  const both = play(answers(other, { activity: 'employee' }, { subject: 'spouse', nationality: 'eu' }));
  const back = play([{ type: 'user.went-back' }], both.snapshot);
  expect(back.state).toBe('asking.nationality');
  expect(back.snapshot.context.people.map(({ profile }) => profile)).toEqual([{ ...other, activity: 'employee' }, {}]);
  const again = play([{ type: 'user.went-back' }], back.snapshot);
  expect(again.effects).toEqual([{ type: 'message.unclear', params: { reason: 'nothingToUndo', misses: 0 } }]);
  const own = play(answers({ subject: 'self' }), again.snapshot);
  const emptied = play([{ type: 'user.went-back' }, { type: 'user.went-back' }], own.snapshot);
  expect(currentPerson(emptied.snapshot.context).profile).toEqual({});
});

test('an age is asked first of a child, and of nobody else', () => {
  expect(play(answers({ subject: 'child' })).state).toBe('asking.age');
  expect(play(answers({ subject: 'child', age: 'under16' })).state).toBe('asking.nationality');
  expect(play(answers({ subject: 'child', age: 'unknown' })).state).toBe('asking.nationality');
  expect(play(answers({ subject: 'child', livesIn: 'notYet' })).state).toBe('outcome');
  expect(play(answers({ subject: 'parent' })).state).toBe('asking.nationality');
});

test('the day of sending keeps the journey; any other fact leads to the interview', () => {
  const sent = play(answers({ stage: 'sent' }, { sentOn: '2026-04-01' }));
  expect(sent.state).toBe('followingFile');
  expect(play(answers(other), sent.snapshot).state).toBe('asking.activity');
});
