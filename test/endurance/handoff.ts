import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { currentPerson } from '../../dialogs/context';
import { createConversationMachine } from '../../dialogs/conversation.machine';
import { wake } from '../../dialogs/saved';
import { openLibrary } from '../../src/library/compile';
import { createSqliteStore } from '../../src/storage/sqlite';
import { ProductProcess } from '../support/product-process';
import { allWrong, type Suite, sum } from './suite';

/** What a step of the handoff needs to know. */
type Play = {
  process: ProductProcess;
  person: string;
  bearer: Record<string, string>;
  adviser: Record<string, string>;
  id: string;
};
type Step = (play: Play) => Promise<number>;

const says =
  (text: string): Step =>
  async ({ process, person, bearer }) => {
    const activity = {
      type: 'message',
      text,
      locale: 'en-GB',
      channelData: { clientActivityID: text.replace(/\W/g, '') },
    };
    return (await process.call('POST', `/v3/directline/conversations/${person}/activities`, activity, bearer)).status;
  };
const does =
  (act: string, body: object = {}): Step =>
  async ({ process, adviser, id }) =>
    (await process.call('POST', `/adviser/api/handoffs/${id}/${act}`, body, adviser)).status;

/** Everything said in one handoff, each once. */
const said = ['what I need to know', 'from the adviser one', 'thank you so far', 'from the adviser two'];
const [question, first, thanks, second] = said as [string, string, string, string];
const steps: Step[] = [
  does('claim'),
  does('messages', { clientId: 'm1', text: first }),
  says(question),
  does('facts', { clientId: 'f1', slot: 'permit', value: 'residencePermit' }),
  does('verdict', { clientId: 'v1' }),
  says(thanks),
  does('messages', { clientId: 'm2', text: second }),
  does('return'),
];

/**
 * Plays a handoff and kills the process at a random moment of it; starts it again, repeats what was not acknowledged and goes on.
 * Gives what is wrong afterwards: nothing must be lost, nothing must be there twice, and the machine and the request must agree.
 */
async function crashOnce(random: () => number): Promise<string[]> {
  const data = mkdtempSync(join(tmpdir(), 'guichet-crash-'));
  const wrong: string[] = [];
  let running = await ProductProcess.start({ DATA_DIR: data });
  try {
    const [, name, password] = /name (\S+), password (\S+)/.exec(running.output) ?? [];
    const signed = await running.call('POST', '/adviser/api/sign-in', { name, password });
    const adviser = { cookie: signed.cookie, 'x-csrf-token': signed.body.csrf };
    const { body: granted } = await running.call('POST', '/api/directline/token', { locale: 'en-GB' });
    const bearer = { authorization: `Bearer ${granted.token}` };
    const { body: started } = await running.call('POST', '/v3/directline/conversations', {}, bearer);
    const play: Play = { process: running, person: started.conversationId, bearer, adviser, id: '' };
    await says('I am an employee from Peru')(play);
    await says('I want to talk to a human being')(play);
    const { body: queue } = await running.call('GET', '/adviser/api/queue', undefined, adviser);
    play.id = queue[0].id;

    const fatal = Math.floor(random() * steps.length);
    const delay = random() * 30;
    for (const [index, step] of steps.entries()) {
      const statuses = index === fatal ? [await killDuring(running, () => step(play), delay)] : [await step(play)];
      if (index === fatal) {
        await running.kill();
        running = await ProductProcess.start({ DATA_DIR: data });
        play.process = running;
        statuses.push(await step(play));
      }
      const last = statuses.at(-1);
      // Returned before the crash: there is nothing left to return.
      const done = last === 200 || (index === steps.length - 1 && last === 409 && index === fatal);
      if (!done) wrong.push(`step ${index} gave ${statuses.join(', ')}`);
    }
    const path = `/v3/directline/conversations/${play.person}/activities`;
    const { body: log } = await running.call('GET', path, undefined, bearer);
    const shown = (log.activities as { id: string; text?: string }[]).map(({ text = '' }) => text);
    await running.kill();
    wrong.push(...(await examine(data, play, shown)));
  } finally {
    await running.kill();
    rmSync(data, { recursive: true, force: true });
  }
  return wrong;
}

/** Starts a step and kills the process meanwhile; 0 = nobody answered. */
async function killDuring(running: ProductProcess, step: () => Promise<number>, delay: number): Promise<number> {
  const status = step().catch(() => 0);
  await sleep(delay);
  await running.kill();
  return status;
}

/** Looks at the stored data with the process gone. */
async function examine(data: string, { person, id }: Play, shown: string[]): Promise<string[]> {
  const wrong: string[] = [];
  const store = createSqliteStore({ file: join(data, 'guichet.db') });
  const library = openLibrary();
  const handoff = await store.desk.handoff(id);
  const stored = await store.load(person);
  const stamp = { at: new Date().toISOString(), today: new Date().toISOString().slice(0, 10) };
  const { context, value } = wake(stored?.saved, createConversationMachine(library.rulebook), library.hash, stamp);
  if (handoff?.state !== 'closed' || handoff.outcome !== 'returned') wrong.push(`request: ${JSON.stringify(handoff)}`);
  if (JSON.stringify(value).includes('withAdviser') || context.requested)
    wrong.push(`machine: ${JSON.stringify(value)}`);
  if (currentPerson(context).profile.permit !== 'residencePermit') wrong.push('the corrected fact is lost');
  const transcript = await store.transcript(person);
  const sentences = [
    ...said,
    'Here is the result with what we know now.',
    'An adviser is with you.',
    'The adviser has finished',
  ];
  for (const text of sentences) {
    const kept = transcript.filter((line) => line.text.includes(text)).length;
    const seen = shown.filter((line) => line.includes(text)).length;
    if (kept !== 1 || seen !== 1) wrong.push(`"${text}": ${kept} times in the transcript, ${seen} times on the screen`);
  }
  const entries = await store.readLog(person, 0);
  if (entries.some(({ sequence }, index) => sequence !== index + 1)) wrong.push('the log has gaps');
  await store.close();
  return wrong;
}

/** Kills the product at random moments of a handoff, on SQLite. */
export const handoff: Suite = {
  what: 'kill -9 at {steps} random moments of a handoff (SQLite)',
  steps: { full: 100, small: 5 },
  open: async () => ({
    step: async (_, random) => ({ wrong: await crashOnce(random), kills: 1 }),
    close: async () => {},
  }),
  judge: (reports) => ({
    result: `${sum(reports, 'kills')} kills, queue, facts and every sentence looked at after each`,
    wrong: allWrong(reports),
  }),
};
