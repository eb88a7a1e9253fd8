import type { Reply } from '../../src/conversation/reply';
import { nowhere, openTestConversation, presses } from '../support/edges';

/** The replies to buttons pressed one after the other. */
async function once(...values: string[]): Promise<{ replies: Reply[]; last: Reply; ratings: unknown[] }> {
  const { takeTurn, ratings } = await openTestConversation();
  const replies: Reply[] = [];
  for (const value of ['lang=en', ...values]) replies.push(await takeTurn(presses(value), nowhere));
  return { replies, last: replies.at(-1) as Reply, ratings };
}
const toOutcome = ['nationality=other', 'activity=employee', 'permit=residencePermit'];
const values = (reply: Reply) => reply.choices.map(({ value }) => value);

describe('how far the interview is', () => {
  test('is told with every question, counts up, and ends at "n of about n"', async () => {
    const { replies } = await once('do=start', ...toOutcome);
    const progress = replies.flatMap((reply) => reply.progress ?? []);
    expect(progress.map(({ done }) => done)).toEqual([1, 2, 3]);
    expect(progress[0]?.text).toBe(`Question 1 of about ${progress[0]?.of}`);
    for (const { done, of } of progress) expect(of).toBeGreaterThanOrEqual(done);
    expect(progress.at(-1)).toMatchObject({ done: 3, of: 3 });
    expect(replies.at(-1)?.status).toBe('outcome');
    expect(replies.at(-1)?.progress).toBeUndefined();
  });
  test('stays while a question of the person is answered, and goes while an answer is changed', async () => {
    expect((await once('do=start', 'ask=css')).last.progress).toMatchObject({ done: 1 });
    expect((await once('do=start', toOutcome[0] as string, 'edit=nationality')).last.progress).toBeUndefined();
  });
});

describe('what is known so far', () => {
  test('stands on a card at any time, each answer a button that changes it', async () => {
    const { last } = await once(...toOutcome, 'do=edit');
    const { title, sections } = last.bubbles.at(-1)?.card ?? {};
    expect(title).toBe('What I know so far');
    expect(sections?.[0]?.choices).toEqual([
      { title: expect.stringMatching(/^Nationality: /), value: 'edit=nationality' },
      { title: expect.stringMatching(/employee/i), value: 'edit=activity' },
      { title: expect.stringMatching(/residence permit/i), value: 'edit=permit' },
    ]);
    expect(values(last)).toEqual(['do=continue', 'do=forget']);
    const changed = await once(...toOutcome, 'do=edit', 'edit=activity', 'activity=selfEmployed');
    expect(changed.replies.map(({ status }) => status)).toContain('corrected');
  });
  test('nothing is known: nothing to erase', async () => {
    const { last } = await once('do=edit');
    expect(last.bubbles.some(({ card }) => card)).toBe(false);
    expect(values(last)).toEqual(['do=continue']);
  });
});

test('three questions that people ask are offered at the start and after the result', async () => {
  for (const { last } of [await once(), await once(...toOutcome)])
    expect(values(last).filter((value) => value.startsWith('ask='))).toHaveLength(3);
});

test('a result is called useful once, and the card does not ask again', async () => {
  const { last, ratings } = await once(...toOutcome, 'useful=yes:result-workNow', 'useful=no:result-workNow');
  expect(last.status).not.toBe('clarified');
  expect(ratings).toEqual([{ article: 'result-workNow', language: 'en', useful: true }]);
  const again = await once(...toOutcome, 'useful=yes:result-workNow', 'do=result');
  const asks = again.last.bubbles.flatMap(({ card }) => card?.sections.flatMap(({ choices }) => choices ?? []) ?? []);
  expect(asks.some(({ value }) => value.startsWith('useful='))).toBe(false);
});
