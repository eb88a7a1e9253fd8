/** Numbers in [0, 1), the same each time for the same seed. */
export type Random = () => number;

export const pick = <T>(random: Random, of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
export const below = (random: Random, most: number): number => Math.floor(random() * most);
export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** What people write, and what breaks programs that are not careful. */
const phrases = [
  ...[
    'bonjour',
    'hello',
    'hola',
    'مرحبا، وصلت حديثا إلى فرنسا',
    '你好，我需要社保号',
    'здравствуйте',
    'ok',
    'oui',
    'no',
    '2',
    '?',
  ],
  ...[
    'je viens du Maroc et je travaille depuis 3 mois',
    'I am a student from India, 24 years old',
    'my wife and two children',
  ],
  ...[
    'ich möchte mit einem Menschen sprechen',
    'oublie-moi',
    'forget me',
    'restart',
    'voltar',
    'parla italiano',
    'Türkçe konuş',
  ],
  ...[
    'c’est quoi un RIB ?',
    'how long does it take',
    'et pour ma femme ?',
    'j’ai envoyé mon dossier le 31/02/2026',
    '-1',
    '1e309',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'NaN',
    'null',
    'undefined',
    '[object Object]',
    '{{contact.x}}',
    '${7*7',
  ],
  ...[
    '<script>alert(1)</script>',
    '![x](http://evil.example/a.png)',
    '[x](javascript:alert(1))',
    "' OR 1=1 --",
    '%00%ff',
    '../../etc/passwd',
  ],
  ...[
    '\u0000',
    '\ud800',
    '\udfff',
    '\ufffe',
    '\u202e\u2066\u2069',
    '\u200d'.repeat(50),
    'a\u0301'.repeat(200),
    '😀'.repeat(60),
    '﷽'.repeat(20),
  ],
  ...[
    '(((((((((((((((((((((',
    '*'.repeat(300),
    '- '.repeat(200),
    '\n'.repeat(100),
    ' '.repeat(500),
    '1 '.repeat(300),
    'é'.repeat(1500),
  ],
] as const;

const choices = [
  'ask',
  'do',
  'edit',
  'lang',
  'useful',
  'permit',
  'children',
  'nationality',
  'activity',
  'term',
  'toString',
  '__proto__',
  '',
];

/** A text: a phrase, some together, or characters by chance. */
export function text(random: Random): string {
  const kind = random();
  if (kind < 0.6) return pick(random, phrases);
  if (kind < 0.9)
    return times(1 + below(random, 4), () => pick(random, phrases)).join(pick(random, [' ', ', ', '\n', '']));
  return String.fromCharCode(...times(below(random, 40), () => below(random, 65_536)));
}

export const choice = (random: Random): string =>
  `${pick(random, choices)}=${pick(random, ['true', 'none', 'css', '__proto__', text(random)])}`;

/** Any value that JSON can hold, nested a few levels. */
export function anything(random: Random, levels = 4): unknown {
  const kind = below(random, levels > 0 ? 9 : 6);
  if (kind === 0) return null;
  if (kind === 1) return random() < 0.5;
  if (kind === 2) return pick(random, [0, -1, 1e308, 0.1, 2 ** 53, -0]);
  if (kind < 6) return text(random);
  if (kind < 8)
    return Object.fromEntries(
      times(below(random, 4), () => [
        pick(random, [text(random), 'id', 'type', '__proto__']),
        anything(random, levels - 1),
      ]),
    );
  return times(below(random, 5), () => anything(random, levels - 1));
}

/** Changes some fields of an object, at any depth, into something else, or takes them away. */
function spoil(random: Random, object: Record<string, unknown>): Record<string, unknown> {
  const spoilt = { ...object };
  for (const key of Object.keys(object)) {
    const chance = random();
    const inner = object[key];
    if (chance < 0.05) delete spoilt[key];
    else if (chance < 0.12) spoilt[key] = anything(random);
    else if (chance < 0.3 && typeof inner === 'object' && inner !== null && !Array.isArray(inner))
      spoilt[key] = spoil(random, inner as Record<string, unknown>);
  }
  if (random() < 0.2) spoilt[text(random)] = anything(random);
  return spoilt;
}

/** An activity as a channel sends it, somewhat spoilt: nearly half of them are still good. */
export function activity(
  random: Random,
  { conversation, serviceUrl }: { conversation: string; serviceUrl: string },
): object {
  const whole = {
    type: pick(random, [
      ...times(12, () => 'message'),
      'event',
      'conversationUpdate',
      'typing',
      'invoke',
      'endOfConversation',
      text(random),
    ]),
    id: pick(random, ['a1', 'a2', text(random), String(random())]),
    ...(random() < 0.75 ? { text: text(random) } : {}),
    ...(random() < 0.4
      ? {
          value: pick(random, [{ choose: choice(random) }, choice(random), JSON.stringify({ choose: choice(random) })]),
        }
      : {}),
    ...(random() < 0.2
      ? { name: pick(random, ['webchat/join', 'handoff.status', 'adaptiveCard/action', text(random)]) }
      : {}),
    locale: pick(random, ['fr-FR', 'en', 'ar', 'zh-Hans-CN', 'tlh', 'x', text(random)]),
    channelId: pick(random, ['webchat', 'msteams', 'telegram', 'sms', 'directline', text(random)]),
    channelData: {
      clientActivityID: String(random()),
      postBack: random() < 0.2,
      messageBack: { displayText: text(random) },
    },
    serviceUrl,
    deliveryMode: random() < 0.7 ? 'expectReplies' : 'normal',
    from: { id: pick(random, ['person', 'guichet', text(random)]), name: text(random), role: 'user' },
    recipient: { id: 'bot' },
    conversation: {
      id: conversation,
      isGroup: random() < 0.1,
      conversationType: pick(random, ['personal', 'channel', text(random)]),
    },
    membersAdded: [{ id: 'bot' }, { id: 'person' }],
    entities: [{ type: 'mention', text: text(random), mentioned: { id: 'bot' } }, anything(random)],
    attachments: [],
  };
  return random() < 0.6 ? whole : spoil(random, whole);
}

const paths = [
  ...[
    '/',
    '/api/messages',
    '/api/directline/token',
    '/api/languages',
    '/health/ready',
    '/metrics',
    '/adviser',
    '/adviser/api/queue',
  ],
  ...[
    '/v3/directline/conversations',
    '/v3/directline/tokens/refresh',
    '/v3/directline/tokens/generate',
    '/adviser/api/events',
  ],
  ...[
    '/v3/directline/conversations/x/activities',
    '/v3/directline/conversations/x/stream?watermark=-1&t=x',
    '/adviser/api/handoffs/x/claim',
  ],
  ...[
    '/webchat.js',
    '/chat.js',
    '/%2e%2e/package.json',
    '/%E0%A4%A',
    '//',
    '/?%00',
    '/v3/directline/conversations/%00/upload',
  ],
];
const methods = ['GET', 'GET', 'POST', 'POST', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE', 'BREW'];
const headers = [
  'Content-Encoding: gzip',
  'Content-Encoding: identity',
  'Transfer-Encoding: chunked',
  'Expect: 100-continue',
  'Expect: x',
  'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==',
  'Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings',
  'Origin: null',
  'Origin: https://evil.example',
  'X-Forwarded-For: ,,x',
  'Authorization: Bearer a.b.c',
  'Authorization: Basic Og==',
  'Cookie: session=x; __proto__=1',
  'Range: bytes=-1',
  'If-None-Match: *',
  'Accept: text/html',
  'Accept-Encoding: br;q=x',
  'Accept-Version: ~9',
  'X-HTTP-Method-Override: DELETE',
  'Content-MD5: x',
  'Trailer: x',
];

/** One request as bytes, its framing right, everything else by chance. */
function framed(random: Random): string {
  const method = pick(random, methods);
  const body = random() < 0.6 ? JSON.stringify(anything(random)) : text(random);
  const sized =
    method === 'GET' || method === 'HEAD' || random() < 0.2 ? '' : `Content-Length: ${Buffer.byteLength(body)}\r\n`;
  const type =
    random() < 0.8
      ? 'Content-Type: application/json\r\n'
      : `Content-Type: ${pick(random, ['text/plain', 'multipart/form-data; boundary=x', 'x'])}\r\n`;
  const more = times(below(random, 3), () => `${pick(random, headers)}\r\n`).join('');
  return `${method} ${pick(random, paths)} HTTP/1.1\r\nHost: localhost\r\n${type}${more}${sized}\r\n${sized === '' ? '' : body}`;
}

/** Cuts, doubles or changes bytes. */
function mangle(random: Random, bytes: Buffer): Buffer {
  const kind = random();
  if (kind < 0.25) return bytes.subarray(0, below(random, bytes.length));
  if (kind < 0.4) return Buffer.concat([bytes.subarray(0, below(random, bytes.length)), bytes]);
  for (let count = 1 + below(random, 8); count > 0; count--) bytes[below(random, bytes.length)] = below(random, 256);
  return bytes;
}

/** What goes down one connection: a few requests one after the other, or one that is broken. `requests` = how many. */
export function rawBytes(random: Random): { bytes: Buffer; requests: number } {
  if (random() < 0.5) return { bytes: mangle(random, Buffer.from(framed(random))), requests: 1 };
  const requests = 2 + below(random, 3);
  return { bytes: Buffer.from(times(requests, () => framed(random)).join('')), requests };
}

/** Bytes after a WebSocket was opened: frames with impossible heads, sizes and codes. */
export const frameBytes = (random: Random): Buffer =>
  Buffer.from(times(1 + below(random, 200), () => below(random, 256)));
