import type { ConversationStore } from '../conversation/ports';
import { answer, type HttpHost } from '../http';
import { inTime, late } from '../in-time';

export type HealthDeps = {
  store: Pick<ConversationStore, 'hasLog'>;
  /** True once rules and texts are loaded. */
  libraryLoaded(): boolean;
  /** True while the server closes: balancers should send nobody here any more. */
  draining(): boolean;
};

/** How long the store may take to answer before it counts as gone, in milliseconds. */
const storeMilliseconds = 2000;

async function storeAnswers(store: HealthDeps['store']): Promise<boolean> {
  const asked = await inTime(store.hasLog('health'), storeMilliseconds).catch(() => late);
  return asked !== late;
}

/**
 * `GET /health/live`: the process answers. `GET /health/ready`: it can also answer people; 503 with what is missing otherwise. Without its
 * store it still answers questions, so it stays in service: 200, `degraded`.
 */
export function mountHealth(server: HttpHost, { store, libraryLoaded, draining }: HealthDeps): void {
  server.route('GET', '/health/live', () => answer(200, { status: 'ok' }));
  server.route('GET', '/health/ready', async () => {
    const checks = { store: await storeAnswers(store), library: libraryLoaded(), accepting: !draining() };
    if (!checks.library || !checks.accepting) return answer(503, { status: 'unavailable', checks });
    return answer(200, { status: checks.store ? 'ok' : 'degraded', checks });
  });
}
