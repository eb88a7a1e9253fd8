import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConversationStore } from '../../src/conversation/ports';
import type { Body } from '../support/product-process';

/** Key that lets the suites make tokens: the page's own way is limited to what a person needs. */
export const directLineSecret = 'endurance-secret-of-thirty-two-characters';

/** What people say, each sentence once. */
const scripts = [
  [
    'hello, I came from Morocco to work',
    'I am an employee',
    'do I have to translate my birth certificate?',
    'I have a long-stay visa',
    'it is validated',
    'how long does it take to get the card?',
    'sorry, I meant that I am self-employed',
    'I live in Lyon with my two children',
  ],
  [
    'bonjour, je viens d’arriver du Maroc',
    'je cherche un emploi',
    'faut-il faire traduire l’acte de naissance ?',
    'j’ai un visa long séjour',
    'oui, il est validé',
    'combien de temps faut-il pour avoir la carte ?',
    'en fait je suis étudiant',
    'je peux parler espagnol ?',
  ],
] as const;

/** A link that holds the answers: another one at each product, and sealed anew each time. */
const sealed = /http:\/\/127\.0\.0\.1:\d+\/checklist\/\w+/g;

export type Kind = 'directline' | 'connector';

/** Somebody who talks through a channel that sends again until it is taken. */
export class Person {
  readonly script: readonly string[];
  readonly locale: string;
  /** Name of the conversation as the channel knows it. */
  conversation: string;
  private token = '';

  constructor(
    readonly kind: Kind,
    number: number,
    private readonly serviceUrl: string,
  ) {
    this.script = scripts[number % scripts.length] as readonly string[];
    this.locale = number % 2 === 0 ? 'en-GB' : 'fr-FR';
    this.conversation = `talk-${randomUUID()}`;
  }

  /** Sends until somebody takes it; gives the answer and the milliseconds that this took. */
  private async insist(url: () => string, body: unknown, bearer: string): Promise<{ body: Body; took: number }> {
    const started = performance.now();
    for (let tries = 0; ; tries += 1) {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${bearer}` };
      const options = { method: 'POST', headers, body: JSON.stringify(body), signal: AbortSignal.timeout(20_000) };
      const response = await fetch(url(), options).catch(() => null);
      const text = await response?.text().catch(() => null);
      if (response && response.status < 300 && typeof text === 'string')
        return { body: text ? JSON.parse(text) : {}, took: performance.now() - started };
      const refused = response && response.status < 500 && response.status !== 408;
      if (refused) throw new Error(`${url()} answered ${response.status} ${text}`);
      if (tries > 3000) throw new Error(`nobody took a message at ${url()}`);
      await sleep(20);
    }
  }

  /** Opens the conversation; a connector's needs no opening. */
  async open(origin: () => string): Promise<void> {
    if (this.kind === 'connector') return;
    const generate = () => `${origin()}/v3/directline/tokens/generate`;
    const { body } = await this.insist(generate, {}, directLineSecret);
    this.token = body.token;
    this.conversation = body.conversationId;
    await this.insist(() => `${origin()}/v3/directline/conversations`, { locale: this.locale }, this.token);
  }

  /** Says one sentence of the script; given twice, it is a delivery of the same message. Milliseconds until it was taken. */
  async say(origin: () => string, number: number): Promise<number> {
    const text = this.script[number];
    const message = { type: 'message', text, locale: this.locale };
    if (this.kind === 'directline') {
      const url = () => `${origin()}/v3/directline/conversations/${this.conversation}/activities`;
      const activity = { ...message, channelData: { clientActivityID: `m${number}` } };
      return (await this.insist(url, activity, this.token)).took;
    }
    const activity = {
      ...message,
      id: `m${number}`,
      channelId: 'webchat',
      serviceUrl: this.serviceUrl,
      from: { id: 'person' },
      recipient: { id: 'bot' },
      conversation: { id: this.conversation },
    };
    return (await this.insist(() => `${origin()}/api/messages`, activity, '')).took;
  }

  /** Everything in the Direct Line window, in order. */
  async window(origin: string): Promise<string[]> {
    const url = `${origin}/v3/directline/conversations/${this.conversation}/activities`;
    const lines: string[] = [];
    for (let watermark = ''; ; ) {
      const response = await fetch(`${url}?watermark=${watermark}`, {
        headers: { authorization: `Bearer ${this.token}` },
      });
      const page = (await response.json()) as Body;
      for (const { from, text, attachments, suggestedActions } of page.activities)
        lines.push(JSON.stringify([from.role, text, attachments, suggestedActions]).replace(sealed, '•'));
      if (page.activities.length === 0) return lines;
      watermark = page.watermark;
    }
  }

  /** The conversation's id in a store. */
  async storedAs(store: ConversationStore): Promise<string> {
    if (this.kind === 'directline') return this.conversation;
    const key = await store.secret('botframework-conversation-ids');
    const hash = createHmac('sha256', key).update(['webchat', this.conversation, ''].join('\n')).digest('base64url');
    return `webchat:${hash}`;
  }
}
