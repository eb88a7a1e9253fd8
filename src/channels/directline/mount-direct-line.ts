import type { Outlet } from '../../conversation/ports';
import { answer, type HttpHost, type HttpReply, type HttpRequest } from '../../http';
import { asidePause, createSeldom } from '../activity/seldom';
import type { DirectLineContext, DirectLineDeps } from './context';
import { generateToken } from './generate-token';
import { listActivities } from './list-activities';
import { createChronicle } from './log';
import { createOrigins } from './origins';
import { createOutlet } from './outlet';
import { ownData } from './own-data';
import { postActivity } from './post-activity';
import { publicToken } from './public-token';
import { reconnect } from './reconnect';
import { refreshToken } from './refresh-token';
import { sessionId } from './session-id';
import { createSockets } from './sockets';
import { startConversation } from './start-conversation';
import { openStream, streamPath } from './stream';
import { createTokenKeys } from './token-keys';
import { createTokens } from './tokens';
import { upload } from './upload';

/** What the rest of the program may do with Direct Line once it is mounted. */
export type DirectLine = {
  /** For a channel that shows the same conversations in another way. */
  context: DirectLineContext;
  /** Channels whose conversations are in its log. */
  channels: string[];
  /** For turns that no request started: an adviser, a reminder, a turn taken up again. Call `prepare` first. */
  outlet: Outlet;
  /** Makes ready for a turn on a conversation that this process may not have seen yet. */
  prepare(conversationId: string): Promise<void>;
  /** Lets open windows look for messages that another process has stored. */
  wake(conversationId: string): void;
  /** Open WebSockets. */
  sockets(): number;
  /** Closes all WebSockets; the server's drain does it too. */
  close(): void;
};

type DirectLineRoute = (context: DirectLineContext, request: HttpRequest) => HttpReply | Promise<HttpReply>;

const base = '/v3/directline';
const routes: ['GET' | 'POST', string, DirectLineRoute][] = [
  ['POST', '/api/directline/token', publicToken],
  ['GET', '/api/directline/data', ownData],
  ['POST', `${base}/tokens/generate`, generateToken],
  ['POST', `${base}/tokens/refresh`, refreshToken],
  ['POST', `${base}/conversations`, startConversation],
  ['GET', `${base}/conversations/:id`, reconnect],
  ['GET', `${base}/conversations/:id/activities`, listActivities],
  ['POST', `${base}/conversations/:id/activities`, postActivity],
  ['POST', `${base}/conversations/:id/upload`, upload],
  ['GET', `${base}/session/getsessionid`, sessionId],
];

/** Serves Direct Line 3.0 for the unmodified Web Chat: binds its routes and WebSockets, and gives the rest of the program its handle. */
export async function mountDirectLine(server: HttpHost, deps: DirectLineDeps): Promise<DirectLine> {
  const keys = await createTokenKeys(deps.store, deps.clock);
  const tokens = createTokens(keys, deps.clock);
  const idSecret = await deps.store.secret('inbox-ids');
  const keepsAside = createSeldom(asidePause, deps.clock);
  const sockets = createSockets(deps);
  const chronicle = createChronicle(deps.store, deps.clock);
  const origins = createOrigins(deps);
  const context: DirectLineContext = {
    ...deps,
    keys,
    tokens,
    sockets,
    chronicle,
    origins,
    idSecret,
    keepsAside,
    adrift: new Map(),
  };

  for (const [method, path, route] of routes)
    server.route(method, path, async (request) => {
      await keys.ready();
      const reply = await route(context, request);
      return request.headers.origin === undefined
        ? reply
        : { ...reply, headers: { ...origins.cors(request.headers), ...reply.headers } };
    });
  for (const path of new Set(routes.map(([, path]) => path)))
    server.route('OPTIONS', path, (request) => answer(204, undefined, origins.cors(request.headers)));
  server.upgrade(streamPath, (request, socket, head, match) => {
    void openStream(context, request, socket, head, match[1] as string);
  });
  server.onDrain(sockets.close);

  return {
    context,
    channels: ['directline', 'plain'],
    outlet: createOutlet(context),
    prepare: chronicle.prepare,
    wake(conversationId) {
      chronicle.forget(conversationId);
      sockets.wake(conversationId);
    },
    sockets: sockets.count,
    close: sockets.close,
  };
}
