import { createConversationMachine } from '../../../dialogs/conversation.machine';
import { begin } from '../../../dialogs/move';
import { createLinks } from '../../../src/channels/checklist/links';
import { readConfig } from '../../../src/config';
import type { ConversationStore } from '../../../src/conversation/ports';
import type { Profile } from '../../../src/domain/profile';
import { openLibrary } from '../../../src/library/compile';
import { createWords } from '../../../src/library/i18n';
import { type Running, serve } from '../../../src/main';
import { createMemoryStore } from '../../../src/storage/memory';
import { fakeClock, keepingLogger } from '../../support/edges';

export const library = openLibrary();
const machine = createConversationMachine(library.rulebook);
export const room = { library, machine, words: createWords(library) };
export const languages = library.languages.filter(({ live }) => live).map(({ code }) => code);

/** The day on which every checklist of these tests is made. */
export const today = '2026-11-22';

export const people = {
  worker: {
    nationality: 'other',
    country: ['DZ'],
    activity: 'employee',
    permit: 'residencePermit',
    arrival: '2026-10-02',
  },
  student: {
    nationality: 'other',
    country: ['CN'],
    activity: 'student',
    permit: 'longStayVisa',
    visaValidated: true,
    over28: false,
    cover: 'none',
  },
  refugee: {
    nationality: 'other',
    country: ['AF'],
    activity: 'none',
    protection: 'protected',
    cover: 'none',
    joining: 'none',
  },
  partner: {
    nationality: 'other',
    country: ['US'],
    activity: 'none',
    permit: 'longStayVisa',
    visaValidated: true,
    cover: 'none',
    joining: 'otherResident',
    relation: 'spouse',
    arrival: '2026-10-15',
  },
} satisfies Record<string, Profile>;
export type Who = keyof typeof people;

/** What a link to somebody's checklist holds. */
export const carried = (profile: Profile, language: string, day = today) => ({
  people: [{ id: 'p1', relation: 'self' as const, profile }],
  current: 'p1',
  language,
  day,
});

/** The path of a checklist as the chat would give it. */
export async function pathFor(
  store: ConversationStore,
  who: Who | Who[],
  language: string,
  day = today,
): Promise<string> {
  const snapshot = begin(machine);
  snapshot.context.people = [who]
    .flat()
    .map((one, index) => ({ id: `p${index + 1}`, relation: 'self', profile: people[one] }));
  return createLinks(await store.secret('resume-codes'), library.figures.resumeDays?.value ?? 0).path({
    snapshot,
    language,
    today: day,
  });
}

/** The whole product, its clock and its log. */
export async function serveChecklists() {
  const store = createMemoryStore();
  const clock = fakeClock(`${today}T09:00:00Z`);
  const logger = keepingLogger();
  const running: Running = await serve(readConfig({ PORT: '0' }), { store, clock, logger });
  const origin = `http://127.0.0.1:${running.address.port}`;
  const pathOf = (who: Who | Who[], language: string, day = today) => pathFor(store, who, language, day);
  return { origin, pathOf, clock, logger, store, tick: running.tick, stop: () => running.stop() };
}
