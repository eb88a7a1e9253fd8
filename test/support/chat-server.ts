import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listLanguages } from '../../src/channels/activity/languages';
import { chatPage } from '../../src/channels/activity/page';
import { type DirectLine, mountDirectLine } from '../../src/channels/directline/mount-direct-line';
import type { ConversationStore, TakeTurn } from '../../src/conversation/ports';
import type { Library } from '../../src/library/library';
import { createServer } from '../../src/server/create-server';
import { mountWebChat } from '../../src/server/web-chat';

const root = join(__dirname, '../..');
const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

export type ChatServer = { url: string; port: number; line: DirectLine; close(): Promise<void> };

export type ChatServerOptions = {
  store: ConversationStore;
  takeTurn: TakeTurn;
  mask?: (text: string) => string;
  library: Pick<Library, 'languages' | 'locales'>;
  /** 0 = any free one. */
  port?: number;
};

/** The real page, the real Web Chat and Direct Line over a given conversation, on this machine. */
export async function startChatServer(options: ChatServerOptions): Promise<ChatServer> {
  const { store, takeTurn, library, mask = (text) => text, port = 0 } = options;
  const clock = { now: () => new Date() };
  const server = createServer({ logger, drainMilliseconds: 500 });
  const line = await mountDirectLine(server, { store, takeTurn, clock, logger, mask });
  const html = readFileSync(join(root, 'public/index.html'), 'utf8');
  await mountWebChat(server, {
    folders: [join(root, 'public'), join(root, 'vendor/botframework-webchat')],
    pages: { '/': chatPage(html, listLanguages(library), library.locales, 'fr').replace('{{start}}', '') },
  });
  const address = await server.listen(port, '127.0.0.1');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    port: address.port,
    line,
    close: server.close,
  };
}
