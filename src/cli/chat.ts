import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { createConsole } from '../channels/console/console';
import { openConversation } from '../conversation/open';
import { createMemoryStore } from '../storage/memory';
import { quietLogger, quietMetrics } from './quiet';

/** `npm run chat`: a conversation in the terminal, kept only as long as it lasts. A number chooses a button. */
export async function main(
  _args: string[],
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<number> {
  const { takeTurn } = await openConversation({
    store: createMemoryStore(),
    clock: { now: () => new Date() },
    logger: quietLogger,
    metrics: quietMetrics,
  });
  const terminal = createConsole({
    takeTurn,
    conversationId: randomUUID(),
    locale: process.env.LANG?.split('.')[0]?.replace('_', '-'),
  });
  const lines = createInterface({ input, output, prompt: '> ' });
  output.write(`${await terminal.join()}\n`);
  lines.prompt();
  for await (const line of lines) {
    output.write(`${await terminal.say(line)}\n`);
    lines.prompt();
  }
  return 0;
}
