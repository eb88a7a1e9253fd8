import { createHash, timingSafeEqual } from 'node:crypto';
import { type HttpHost, refuse } from '../http';

export type MetricsDeps = {
  metrics: { render(): Promise<string> };
  /** When set, callers must show it as a bearer token. */
  token?: string;
};

const digest = (text: string) => createHash('sha256').update(text).digest();

/** `GET /metrics`: counters in the text format of Prometheus. */
export function mountMetrics(server: HttpHost, { metrics, token }: MetricsDeps): void {
  server.route('GET', '/metrics', async ({ headers }) => {
    if (token && !timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${token}`)))
      return refuse('HTTP_UNAUTHORIZED', { 'WWW-Authenticate': 'Bearer' });
    return {
      status: 200,
      headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' },
      body: await metrics.render(),
    };
  });
}
