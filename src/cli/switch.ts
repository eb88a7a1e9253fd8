import { userInfo } from 'node:os';
import { readConfig } from '../config';
import { type SwitchEntry, type SwitchKind, switchKinds } from '../conversation/operator-ports';
import { standing } from '../conversation/switches';
import { openLibrary } from '../library/compile';
import type { Library } from '../library/library';
import { openStore } from '../storage/open-store';
import { quietLogger } from './quiet';

const usage = `npm run switch -- list                                  what is off
npm run switch -- history                               who switched what, when, and why
npm run switch -- off KIND NAME --why TEXT [--by NAME]  off within half a minute, on every instance
npm run switch -- on KIND NAME --why TEXT [--by NAME]
KIND NAME: channel directline|msteams|…, topic ARTICLE, rule RULE, language CODE   (docs/turning-off.md)
`;

const option = (args: string[], name: string): string | undefined =>
  args.includes(name) ? args[args.indexOf(name) + 1] : undefined;

/** The names that exist; channels may be any word, because operators add their own. */
function exists(library: Library, kind: SwitchKind, name: string): boolean {
  const known = {
    channel: () => /^[a-z]{2,20}$/.test(name),
    topic: () => Object.hasOwn(library.articles, name),
    rule: () => library.rulebook.rules.some(({ id }) => id === name),
    language: () => library.languages.some(({ code, live }) => live && code === name),
  };
  return known[kind]();
}

const line = ({ kind, name, off, who, why, at }: SwitchEntry): string =>
  `${at}  ${off ? 'off' : 'on '}  ${kind} ${name}  by ${who}: ${why}\n`;

/** `npm run switch`: turns a channel, an article, a rule or a language off, or on again, without deployment. Every use is kept. */
export async function main(
  args: string[],
  _input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<number> {
  const [command, kindName, name = ''] = args;
  const kind = switchKinds.find((one) => one === kindName);
  const why = option(args, '--why')?.trim();
  const store = await openStore(readConfig(process.env), quietLogger);
  try {
    const { operator } = store;
    if (command === 'list' || command === 'history') {
      const entries = await operator.switches();
      for (const entry of command === 'list' ? standing(entries) : entries) output.write(line(entry));
      return 0;
    }
    if ((command !== 'off' && command !== 'on') || !kind || !why) {
      output.write(usage);
      return 1;
    }
    if (!exists(openLibrary(), kind, name)) {
      output.write(`there is no ${kind} ${name}\n`);
      return 1;
    }
    const who = option(args, '--by') ?? userInfo().username;
    const entry = { kind, name, off: command === 'off', who, why, at: new Date().toISOString() };
    await operator.turn(entry);
    output.write(line(entry));
    return 0;
  } finally {
    await store.close();
  }
}
