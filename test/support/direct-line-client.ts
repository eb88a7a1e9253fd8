import { EventEmitter, once } from 'node:events';
import { ConnectionStatus, DirectLine, type DirectLineOptions } from 'botframework-directlinejs';
import { WebSocket } from 'ws';
import { waitFor } from './wait-for';

/** As much of a browser's XMLHttpRequest as the client library uses, over `fetch`. */
class Request {
  readyState = 0;
  status = 0;
  response: unknown = null;
  responseType = '';
  timeout = 0;
  onreadystatechange: (() => void) | null = null;
  private readonly asked = {
    method: 'GET',
    url: '',
    headers: {} as Record<string, string>,
    given: new AbortController(),
  };
  private answered = new Headers();

  open(method: string, url: string): void {
    Object.assign(this.asked, { method, url });
  }
  setRequestHeader(name: string, value: string): void {
    this.asked.headers[name] = value;
  }
  getResponseHeader(name: string): string | null {
    return this.answered.get(name);
  }
  send(body?: string): void {
    const { method, url, headers, given } = this.asked;
    fetch(url, { method, headers, body, signal: given.signal })
      .then(async (answer) => {
        this.status = answer.status;
        this.answered = answer.headers;
        const text = await answer.text();
        this.response = text === '' ? null : JSON.parse(text);
      })
      .catch(() => undefined)
      .finally(() => {
        this.readyState = 4;
        if (!given.signal.aborted) this.onreadystatechange?.();
      });
  }
  abort(): void {
    this.asked.given.abort();
  }
}
Object.assign(globalThis, { XMLHttpRequest: Request, WebSocket });

export type Heard = {
  id: string;
  type: string;
  text?: string;
  value?: unknown;
  timestamp: string;
  replyToId?: string;
  from: { id: string; role: string };
  channelData?: { clientActivityID?: string };
};

/** The client library that Web Chat holds, as it is; only its random pauses before coming back are cut to nothing. */
export class RealClient {
  readonly line: DirectLine;
  readonly heard: Heard[] = [];
  readonly statuses: ConnectionStatus[] = [];
  private readonly news = new EventEmitter();

  constructor(origin: string, options: DirectLineOptions) {
    this.line = new DirectLine({
      domain: `${origin}/v3/directline`,
      random: () => -0.25,
      pollingInterval: 200,
      ...options,
    });
    this.line.connectionStatus$.subscribe((status) => void this.statuses.push(status));
    this.line.activity$.subscribe(
      (activity) => {
        this.heard.push(activity as unknown as Heard);
        this.news.emit('news');
      },
      () => {},
    );
  }

  /** Waits until so many activities have come. */
  async hears(count: number): Promise<Heard[]> {
    while (this.heard.length < count) await once(this.news, 'news');
    return this.heard;
  }
  texts(): (string | undefined)[] {
    return this.heard.map(({ text }) => text);
  }

  /** Posts an activity; gives the id, `retry` when the server failed, or the status of a refusal. */
  posts(activity: object): Promise<string | number> {
    return new Promise((resolve) =>
      this.line.postActivity(activity as never).subscribe(
        (id: string) => resolve(id),
        (error: { status: number }) => resolve(error.status),
      ),
    );
  }
  says(text: string, clientActivityID: string, more: object = {}): Promise<string | number> {
    const channelData = { clientActivityID };
    return this.posts({ type: 'message', text, channelData, from: { id: '', role: 'user' }, ...more });
  }

  online = (): Promise<void> => waitFor(() => this.statuses.at(-1) === ConnectionStatus.Online);
  reaches = (status: ConnectionStatus): Promise<void> => waitFor(() => this.statuses.includes(status));
  end(): void {
    this.line.end();
  }
}

export { ConnectionStatus };
