import { readConfig } from '../config';
import { hashPassword, makePassword } from '../handoff/sign-in';
import { createStaffLinks } from '../handoff/teams/staff-links';
import { openLibrary } from '../library/compile';
import { openStore } from '../storage/open-store';
import { quietLogger } from './quiet';

const usage = `npm run adviser -- list
npm run adviser -- add NAME [--languages fr,en,ar] [--interface fr|en]   a new account, or a new password
npm run adviser -- remove NAME
npm run adviser -- teams NAME          a one-time code: NAME writes it to the bot in Teams, in private
npm run adviser -- teams-channel       a one-time code: written to the bot in the channel that is to be told of requests
npm run adviser -- teams-channel off   tells no channel any more
`;

const option = (args: string[], name: string): string | undefined =>
  args.includes(name) ? args[args.indexOf(name) + 1] : undefined;

const codeFor = (where: string, code: string): string => `Write ${where}, once, within an hour: desk ${code}\n`;

/** `npm run adviser`: the accounts of advisers. A password is made and shown once; only its hash is kept. */
export async function main(
  args: string[],
  _input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<number> {
  const [command, name = ''] = args;
  const store = await openStore(readConfig(process.env), quietLogger);
  try {
    const { desk } = store;
    if (command === 'list') {
      for (const account of await desk.accounts())
        output.write(`${account.name} (${account.languages.join(', ')})${account.hash ? '' : ', identity provider'}\n`);
      return 0;
    }
    const links = createStaffLinks({ store, clock: { now: () => new Date() } });
    if (command === 'teams-channel') {
      if (name === 'off') await links.announceNowhere();
      else output.write(codeFor('in the channel, with a mention of the bot', await links.makeCode('channel')));
      return 0;
    }
    if (command === 'teams' && (await desk.account(name))) {
      output.write(codeFor('to the bot, in a private chat', await links.makeCode({ adviser: name })));
      return 0;
    }
    if (command === 'remove' && name !== '') {
      await desk.removeAccount(name);
      await links.unlink(name);
      output.write(`removed: ${name}\n`);
      return 0;
    }
    if (command !== 'add' || name === '' || name.startsWith('--') || name.length > 100) {
      output.write(usage);
      return 1;
    }
    const known = await desk.account(name);
    const languages = option(args, '--languages')?.split(',') ?? known?.languages ?? openLibrary().desk.languages;
    const uiLanguage = option(args, '--interface') === 'en' ? 'en' : (known?.uiLanguage ?? 'fr');
    const password = makePassword();
    // Whoever was signed in with the old password is signed out, in Teams too.
    await desk.removeAccount(name);
    await links.unlink(name);
    await desk.saveAccount({ name, shown: name, hash: await hashPassword(password), languages, uiLanguage });
    output.write(`name ${name}, password ${password} (shown once)\n`);
    return 0;
  } finally {
    await store.close();
  }
}
