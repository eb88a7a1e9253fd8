import { z } from 'zod';
import { bothLines } from '../conversation/phone-lines';
import { openLibrary } from '../library/compile';
import type { Library } from '../library/library';
import { showPhone } from '../library/placeholders';

/** What somebody says in the one conversation that is held: an employee with a permit, then everything is forgotten again. */
const interview = ['nationality=other', 'activity=employee', 'permit=residencePermit'];
const farewell = 'do=forget';

/** How long one request may take, in milliseconds. */
const patience = 20_000;

const Granted = z.object({ token: z.string(), conversationId: z.string() });
const Page = z.object({
  activities: z.array(z.looseObject({ locale: z.string().optional(), from: z.looseObject({ role: z.string() }) })),
  watermark: z.string(),
});
const Languages = z.array(z.object({ code: z.string() }));

/** What was expected of the live address and did not come. */
class Disappointed extends Error {}

/** Holds one conversation with a live address, as the page does, and looks at what is said. */
async function converse(origin: string, library: Library, language: string): Promise<number> {
  const started = performance.now();
  let token = '';
  const call = async (method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${origin}${path}`, {
      method,
      signal: AbortSignal.timeout(patience),
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Disappointed(`${method} ${path.replace(/[^/]{20,}/, '…')} answered ${response.status}`);
    return response.json();
  };
  const granted = Granted.parse(await call('POST', '/api/directline/token', { locale: language }));
  token = granted.token;
  await call('POST', '/v3/directline/conversations', { locale: language });
  const activities = `/v3/directline/conversations/${granted.conversationId}/activities`;
  let watermark = '0';
  const read = async (): Promise<string> => {
    const page = Page.parse(await call('GET', `${activities}?watermark=${watermark}`));
    watermark = page.watermark;
    const said = page.activities.filter(({ from }) => from.role === 'bot');
    if (said.length === 0) throw new Disappointed('the bot said nothing');
    const other = said.find(({ locale }) => locale !== language);
    if (other) throw new Disappointed(`the bot answered in ${other.locale}`);
    return JSON.stringify(said);
  };
  await read();
  let last = '';
  for (const choose of [...interview, farewell]) {
    await call('POST', activities, { type: 'message', text: choose, value: { choose }, locale: language });
    const said = await read();
    if (choose !== farewell) last = said;
  }
  for (const { phone } of bothLines(library, language))
    if (!last.includes(showPhone(phone ?? ''))) throw new Disappointed(`the checklist does not name ${phone}`);
  return performance.now() - started;
}

/**
 * `npm run smoke -- URL`: one conversation in each language that the address offers, to the checklist with both phone lines, then
 * forgotten again. Exit status 1 when one of them fails.
 */
export async function main(
  [url]: string[],
  _input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<number> {
  if (!url || !URL.canParse(url)) {
    process.stderr.write('npm run smoke -- https://guichet.example\n');
    return 1;
  }
  const { origin } = new URL(url);
  const library = openLibrary();
  let failed = 0;
  let passed = 0;
  const tell = async (name: string, check: () => Promise<string>): Promise<void> => {
    try {
      output.write(`✓ ${name}: ${await check()}\n`);
      passed += 1;
    } catch (error) {
      failed += 1;
      const { cause, message } = error as Error;
      output.write(`✗ ${name}: ${cause instanceof Error ? cause.message : message}\n`);
    }
  };
  const reach = (path: string) => fetch(`${origin}${path}`, { signal: AbortSignal.timeout(patience) });
  await tell('ready', async () => {
    const { status } = await reach('/health/ready');
    if (status !== 200) throw new Disappointed(`/health/ready answered ${status}`);
    return 'takes turns';
  });
  let languages: string[] = [];
  await tell('languages', async () => {
    languages = Languages.parse(await (await reach('/api/languages')).json()).map(({ code }) => code);
    return languages.join(' ');
  });
  for (const language of languages)
    await tell(language, async () => `${Math.round(await converse(origin, library, language))} ms, both phone lines`);
  output.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}
