import { createStaffLinks } from '../../src/handoff/teams/staff-links';
import { createMemoryStore } from '../../src/storage/memory';
import { startFakeChannel } from '../support/fake-channel';
import { waitFor } from '../support/wait-for';
import { openAdviser, openGuichet, type TestPerson } from './support';

/** The channel in which requests are announced. */
export const teamChannel = '19:team@thread.tacv2';

type Fields = Record<string, unknown>;
/** One message that reached the connector. */
export type Sent = { method: string; to: string; replaces?: string; id: string; text: string; body: Fields };

export const mention = (text: string) => ({
  text: `<at>Guichet</at> ${text}`,
  entities: [{ type: 'mention', text: '<at>Guichet</at>', mentioned: { id: 'bot' } }],
});

/** What a button of a card sends. */
export function buttonOf({ body }: Sent, fits: RegExp): { choose: string } {
  const all = [...JSON.stringify(body).matchAll(/"title":"([^"]*)","data":\{"choose":"([^"]*)"\}/g)];
  const found = all.find(([, title = '']) => fits.test(title));
  if (!found) throw new Error(`no button ${fits} among ${all.map(([, title]) => title)}`);
  return { choose: found[2] ?? '' };
}

export type Team = Awaited<ReturnType<typeof openTeams>>;

/** The whole product, and Teams as its connector sees it: users, private chats, one channel with threads. */
export async function openTeams() {
  const channel = await startFakeChannel();
  const store = createMemoryStore();
  let serial = 0;

  /** One activity as Teams sends it. */
  const post = (fields: Fields) =>
    team.guichet.call('POST', '/api/messages', {
      type: 'message',
      id: `m${++serial}`,
      channelId: 'msteams',
      serviceUrl: channel.url,
      recipient: { id: 'bot' },
      ...fields,
    });
  const user = (name: string) => ({ id: `29:${name}`, name: `Real ${name}`, aadObjectId: `aad-${name}` });

  const team = {
    channel,
    store,
    guichet: await openGuichet({ store }),
    links: () => createStaffLinks({ store, clock: team.guichet.clock }),
    privately: (name: string, fields: Fields) =>
      post({ from: user(name), conversation: { id: `a:${name}`, conversationType: 'personal' }, ...fields }),
    inTeam(name: string, fields: Fields, thread?: string) {
      const id = thread ? `${teamChannel};messageid=${thread}` : teamChannel;
      return post({ from: user(name), conversation: { id, conversationType: 'channel', isGroup: true }, ...fields });
    },
    /** Everything that the connector was given. */
    sent: (): Sent[] =>
      channel.calls.map(({ method, path, body }, index) => {
        const [, to = '', replaces] = /conversations\/([^/]+)\/activities\/?(.*)$/.exec(decodeURIComponent(path)) ?? [];
        const text = JSON.stringify([body.text, body.attachments]).replaceAll('\u00a0', ' ');
        return { method, to, ...(replaces ? { replaces } : {}), id: `sent-${index + 1}`, text, body };
      }),
    /** The first message to somebody in which something stands. */
    async arrives(to: string, fits: RegExp): Promise<Sent> {
      const find = () => team.sent().find((one) => one.to === to && fits.test(one.text));
      await waitFor(() => find() !== undefined);
      return find() as Sent;
    },
    async openTeam(): Promise<void> {
      await team.inTeam('boss', mention(`desk ${await team.links().makeCode('channel')}`));
      await team.arrives(teamChannel, /seront annoncées/);
    },
    async linkAdviser(name: string) {
      const adviser = await openAdviser(team.guichet, store, name);
      const code = await team.links().makeCode({ adviser: name });
      await team.privately(name, { text: `guichet ${code.toLowerCase()}` });
      await team.arrives(`a:${name}`, /maintenant celui de/);
      return adviser;
    },
    /** Somebody on the web page asks for a person; gives them and the card in the channel. */
    async somebodyWaits() {
      // Requests are told apart by their time.
      team.guichet.pass(1);
      const person = await team.guichet.person('es-ES');
      await person.says('soy estudiante de Perú');
      await person.says('quiero hablar con una persona');
      await person.sees();
      const { id } = (await store.desk.openHandoffs()).at(-1) as { id: string };
      const card = await team.arrives(teamChannel, new RegExp(`Une personne attend.*${id}`));
      return { person, id, card };
    },
    claim: (name: string, { card }: { card: Sent }) =>
      team.inTeam(name, { value: buttonOf(card, /Prendre/), replyToId: card.id }, card.id),
    says: async (person: TestPerson): Promise<string> => (await person.sees()).join('\n'),
    async close() {
      await team.guichet.stop();
      await channel.close();
    },
  };
  return team;
}
