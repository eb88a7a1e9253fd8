import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { canWritePdfs } from '../channels/checklist/pdf';
import { ConfigError, readConfig } from '../config';
import { compiledDirectory } from '../library/compile';

type Finding = { level: 'ok' | 'note' | 'problem'; text: string };

/** What a configuration lacks, in the words of an operator. */
export function examine(env: NodeJS.ProcessEnv): Finding[] {
  const findings: Finding[] = [];
  const add = (level: Finding['level'], text: string) => findings.push({ level, text });
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) add('ok', `Node ${process.versions.node}`);
  else add('problem', `Node ${process.versions.node} is too old: 20.19 or newer is needed`);
  try {
    const config = readConfig(env);
    add('ok', config.production ? `production, reached at ${config.publicUrl}` : 'development, on loopback only');
    if (config.production && config.publicUrl?.startsWith('http:'))
      add('problem', 'PUBLIC_URL is not https: browsers refuse the microphone, and tokens travel in clear');
    if (config.bot.mode === 'authenticated') add('ok', '/api/messages takes activities of the registered bot');
    else if (config.production)
      add(
        'note',
        '/api/messages is not served: give MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId to connect Teams',
      );
    else add('note', '/api/messages is open on loopback, for local tools');
    if (!config.directLineSecret) add('note', 'DIRECTLINE_SECRET is not set: only the public page gets conversations');
    try {
      mkdirSync(config.dataDir, { recursive: true });
      accessSync(config.dataDir, constants.W_OK);
      add('ok', `data in ${config.dataDir}, synchronous=${config.synchronous}`);
    } catch {
      add('problem', `DATA_DIR ${config.dataDir} cannot be written`);
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) add('problem', problem);
  }
  if (existsSync(join(compiledDirectory, 'library.json'))) add('ok', 'the content library is built');
  else add('problem', 'the content library is not built: run "npm run build"');
  if (canWritePdfs()) add('ok', 'checklists can be made as PDF');
  else add('note', `no PDF engine for ${process.platform} ${process.arch}: checklists are offered as a page only`);
  return findings;
}

/** `npm run doctor`: exit status 1 when something must be mended before a start. */
export async function main(
  _args: string[],
  _input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<number> {
  const findings = examine(process.env);
  const sign = { ok: '✓', note: '·', problem: '✗' };
  for (const { level, text } of findings) output.write(`${sign[level]} ${text}\n`);
  return findings.some(({ level }) => level === 'problem') ? 1 : 0;
}
