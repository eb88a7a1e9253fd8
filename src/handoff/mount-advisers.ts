import type { StaffDoor } from '../conversation/staff-ports';
import type { HttpHost, HttpReply, HttpRequest } from '../http';
import type { DeskSettings } from '../library/library';
import { authorise } from './authorise';
import { mountOidc, type OidcSettings } from './oidc';
import { createOutside, type OutsideStatus } from './outside';
import { createRelay } from './relay';
import type { Caller, Room, RoomDeps } from './room';
import { events, type Streams } from './routes/events';
import { claim, close, giveBack, readHandoff, transfer } from './routes/handoff';
import { correctFact, pieces, sendMessage, sendVerdict } from './routes/messages';
import { writeNote } from './routes/notes';
import { numbers } from './routes/numbers';
import { queue } from './routes/queue';
import { me, signIn, signOut } from './routes/signing';
import { teamsCode } from './routes/teams-code';
import { createSignIn } from './sign-in';
import { createStaffLinks } from './teams/staff-links';
import { createTeamsRoom } from './teams/teams-room';
import { carryOutTimeOuts } from './time-outs';

/** Milliseconds between two looks at the clock, and at what other instances have changed. */
const clockEvery = 15_000;
const lookEvery = 3_000;

export type Advisers = {
  /** Begins to look at the clock. */
  start(): void;
  /** Carries out what is overdue now. */
  tick(): Promise<void>;
  /** What a hub of advisers outside says of a request. */
  outside(status: OutsideStatus): Promise<void>;
  /** Hears advisers who work in a chat, where there is one. */
  staff: StaffDoor | null;
  stop(): void;
};

type AdviserRoute = (room: Room, caller: Caller, request: HttpRequest) => Promise<HttpReply>;

const base = '/adviser/api';
const one = `${base}/handoffs/:id`;
const routes: ['GET' | 'POST', string, AdviserRoute][] = [
  ['POST', `${base}/sign-out`, signOut],
  ['GET', `${base}/me`, me],
  ['POST', `${base}/teams-code`, teamsCode],
  ['GET', `${base}/queue`, queue],
  ['GET', `${base}/pieces`, pieces],
  ['GET', `${base}/numbers`, numbers],
  ['GET', one, readHandoff],
  ['POST', `${one}/claim`, claim],
  ['POST', `${one}/transfer`, transfer],
  ['POST', `${one}/return`, giveBack],
  ['POST', `${one}/close`, close],
  ['POST', `${one}/messages`, sendMessage],
  ['POST', `${one}/facts`, correctFact],
  ['POST', `${one}/verdict`, sendVerdict],
  ['POST', `${one}/notes`, writeNote],
];

/** Serves the advisers' routes, all behind a sign-in, and looks after time-outs. */
export function mountAdvisers(
  server: HttpHost,
  deps: RoomDeps,
  settings: DeskSettings,
  oidc: OidcSettings | null = null,
): Advisers {
  const room: Room = { ...deps, relay: createRelay(deps), signIn: createSignIn(deps), links: createStaffLinks(deps) };
  const staff = deps.staff ? createTeamsRoom(room, deps.staff) : null;
  const streams: Streams = new Set();
  let timers: NodeJS.Timeout[] = [];

  const guarded = (route: AdviserRoute) => async (request: HttpRequest) => {
    const caller = await authorise(room, request);
    if (!('refusal' in caller)) return route(room, caller, request);
    const { refusal } = caller;
    // The console offers the other way to sign in.
    return oidc && refusal.status === 401 ? { ...refusal, body: { ...(refusal.body as object), oidc: true } } : refusal;
  };
  server.route('POST', `${base}/sign-in`, (request) => signIn(room, request));
  if (oidc) mountOidc(server, room, oidc);
  for (const [method, path, route] of routes) server.route(method, path, guarded(route));
  server.route(
    'GET',
    `${base}/events`,
    guarded((_room, caller) => events(room, caller, streams)),
  );
  server.onDrain(() => {
    for (const stream of streams) stream.end();
  });

  const tick = async () => {
    await carryOutTimeOuts({ ...room, limits: settings });
    await staff?.look();
  };
  return {
    tick,
    outside: createOutside(room),
    staff,
    start() {
      timers = [
        setInterval(() => void tick(), clockEvery),
        // Without listeners nobody waits for what others have changed.
        setInterval(() => void ((streams.size > 0 || staff) && room.desk.look()), lookEvery),
      ];
      for (const timer of timers) timer.unref();
      void room.desk.look();
      void staff?.look();
    },
    stop() {
      for (const timer of timers) clearInterval(timer);
    },
  };
}
