import type { Finding } from './finding';

/** Most bytes of one card as JSON in UTF-8. */
const largestCard = 28 * 1024;
/** Newest version of Adaptive Cards that Teams draws on every device. */
const newest = [1, 5] as const;
/** Elements that we draw; the others are not tried on every channel. */
const elements = new Set(['AdaptiveCard', 'Container', 'TextBlock', 'ActionSet']);
/** What a press may do: send something back to the bot, unfold a part of the card, which sends nothing, or open a page of ours or the private chat. */
const actions = new Set(['Action.Submit', 'Action.ShowCard', 'Action.OpenUrl']);

type Json = Record<string, unknown>;
type Note = (path: string, reason: string) => void;

function versionFault(version: unknown): string | null {
  const [, major, minor] = /^(\d)\.(\d)$/.exec(String(version)) ?? [];
  if (major === undefined) return 'no version of Adaptive Cards';
  const [most, least] = newest;
  return Number(major) > most || (Number(major) === most && Number(minor) > least)
    ? `version ${version}, Teams draws at most ${most}.${least}`
    : null;
}

function checkAction(node: Json, type: string, path: string, note: Note): void {
  if (!actions.has(type)) note(path, `${type} is not used: only Action.Submit reaches the bot on every device`);
  if (typeof node.title !== 'string' || node.title === '') note(path, 'a button without a title');
  if (type === 'Action.OpenUrl' && !/^https:\/\//.test(String(node.url)))
    note(path, 'an Action.OpenUrl without an https address');
  if (type === 'Action.Submit' && (!node.data || typeof node.data !== 'object'))
    note(path, 'an Action.Submit whose data is no object');
}

function checkNode(node: Json, path: string, note: Note): void {
  const { type } = node;
  if (typeof type !== 'string') {
    note(path, 'no type');
    return;
  }
  if (type.startsWith('Action.')) checkAction(node, type, path, note);
  else if (!elements.has(type)) note(path, `element ${type} is not used`);
  if (type === 'TextBlock' && (typeof node.text !== 'string' || node.text === ''))
    note(path, 'a TextBlock without text');
  const inner: [string, unknown][] = [
    ...['body', 'items', 'actions'].map((key): [string, unknown] => [key, node[key]]),
    ['card', node.card === undefined ? undefined : [node.card]],
    ['selectAction', node.selectAction === undefined ? undefined : [node.selectAction]],
  ];
  for (const [key, children] of inner) {
    if (children === undefined) continue;
    const at = path === '' ? key : `${path}.${key}`;
    if (!Array.isArray(children)) note(at, 'not a list');
    else
      for (const [index, child] of children.entries()) {
        const place = key === 'card' || key === 'selectAction' ? at : `${at}[${index}]`;
        if (child && typeof child === 'object') checkNode(child as Json, place, note);
        else note(place, 'not an element');
      }
  }
}

/** What is wrong with an Adaptive Card for Teams. */
export function checkCard(file: string, card: unknown): Finding[] {
  const findings: Finding[] = [];
  const note: Note = (path, reason) => void findings.push({ file, path, reason });
  if (!card || typeof card !== 'object' || (card as Json).type !== 'AdaptiveCard')
    return [{ file, path: '', reason: 'not an Adaptive Card' }];
  const root = card as Json;
  const version = versionFault(root.version);
  if (version) note('version', version);
  if (typeof root.fallbackText !== 'string' || root.fallbackText.trim() === '')
    note('fallbackText', 'missing: clients that cannot draw the card show nothing');
  if (root.refresh !== undefined || root.authentication !== undefined)
    note(root.refresh === undefined ? 'authentication' : 'refresh', 'needs Action.Execute, which is not used');
  checkNode(root, '', note);
  const size = Buffer.byteLength(JSON.stringify(card), 'utf8');
  if (size >= largestCard) note('', `${size} bytes, a card must have less than ${largestCard}`);
  return findings;
}

/** The cards in a JSON value: a card, a message with attachments, or a list of either. */
export function cardsIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(cardsIn);
  const { attachments } = (value ?? {}) as { attachments?: unknown };
  if (!Array.isArray(attachments)) return [value];
  return attachments.map((attachment) => (attachment as { content?: unknown } | null)?.content);
}
