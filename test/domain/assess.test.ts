import { PassThrough, Readable } from 'node:stream';
import { assess, assessLine, main } from '../../src/cli/assess';
import { contentDirectory, rulebook } from '../support/rulebook';

const today = '2026-11-22';

test('an outcome has the keys of the vocabulary, in their order', () => {
  const line = '{"id":"a","profile":{"country":["PL"],"activity":"employee"},"expect":{"outcome":"workNow"}}';
  const answer = assessLine(line, 1, rulebook, today);
  if (!('outcome' in answer) || !answer.outcome) throw new Error('no outcome');
  expect(answer).toMatchObject({ id: 'a', asks: null, outcome: { id: 'workNow', wait: null, form: 's1106' } });
  expect(Object.keys(answer.outcome)).toEqual([
    'id',
    'wait',
    'basis',
    'form',
    'sendTo',
    'adviser',
    'certainty',
    'documents',
    'contacts',
    'articles',
    'sources',
  ]);
});

test.each([
  ['not JSON', '{', 'not JSON'],
  ['an unknown slot', '{"profile":{"nationalty":"eu"}}', 'nationalty'],
  ['an unknown value', '{"profile":{"activity":"pirate"}}', 'profile.activity'],
  ['a country that does not exist', '{"profile":{"country":["UK"]}}', 'profile.country'],
  ['a day that does not exist', '{"today":"2026-02-30","profile":{}}', 'today'],
  ['no profile', '{"id":"x"}', 'profile'],
])('%s is a bad line', (_, line, says) => {
  expect(assessLine(line, 7, rulebook, today)).toEqual({ line: 7, error: expect.stringContaining(says) });
});

test('bad lines do not stop the others, blank ones count', async () => {
  const lines = ['{"id":1,"profile":{}}', '', 'oops', '{"id":2,"profile":{"country":["PL"],"nationality":"other"}}'];
  const answers = [];
  for await (const answer of assess(lines, rulebook, today)) answers.push(answer);
  expect(answers).toEqual([
    { id: 1, outcome: null, asks: 'nationality' },
    { line: 3, error: expect.any(String) },
    { id: 2, outcome: null, asks: 'nationality' },
  ]);
});

test.each([
  ['{"id":1,"profile":{}}\n\n{"id":2,"profile":{}}', 0, 2],
  ['{"id":1,"profile":{}}\nnope\n{"id":3,"profile":{}}\n', 1, 3],
])('%j ends with status %i', async (input, status, lines) => {
  const output = new PassThrough();
  const done = main([], Readable.from([input]), output, contentDirectory);
  expect(await done).toBe(status);
  output.end();
  const text = (await output.toArray()).join('');
  expect(text.trim().split('\n')).toHaveLength(lines);
});
