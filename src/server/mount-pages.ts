import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { embedScript } from '../channels/activity/embed-script';
import { listLanguages } from '../channels/activity/languages';
import { chatPage } from '../channels/activity/page';
import type { PlainContext } from '../channels/plain/context';
import { startPage } from '../channels/plain/start-page';
import { answer, type HttpHost } from '../http';
import { isReviewed, type Library } from '../library/library';
import { projectRoot } from '../library/project-root';
import { consolePage } from './console-page';
import { mountWebChat, type PageSetting } from './web-chat';

/** Serves every page and file of ours, and the languages on offer: the web chat page begins with the first question of the plain channel. */
export async function mountPages(
  server: HttpHost,
  { library, plain, setting }: { library: Library; plain: PlainContext; setting: PageSetting },
): Promise<void> {
  const folder = join(projectRoot, 'public');
  const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');
  const languages = listLanguages(library);
  const silent = isReviewed(library) ? ['unreviewed'] : [];
  const html = read('index.html');
  const chatIn = (language: string) => chatPage(html, languages, library.locales, language, silent);
  server.route('GET', '/api/languages', () => {
    const off = plain.conversation.switches.current()?.off.language;
    return answer(200, off ? languages.filter(({ code }) => !off.has(code)) : languages);
  });
  await mountWebChat(server, {
    ...setting,
    folders: [folder, join(projectRoot, 'vendor', 'botframework-webchat')],
    pages: {
      '/': startPage(plain, chatIn, read('early-start.js')),
      '/adviser': consolePage(read('adviser', 'index.html'), library),
    },
    files: { '/embed.js': embedScript(read('embed.js'), library) },
    unframed: ['/adviser'],
  });
}
