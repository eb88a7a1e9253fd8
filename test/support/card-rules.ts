/** Elements, actions and properties that every channel of ours draws, all of Adaptive Cards 1.5 or older. */
const elements = new Set(['AdaptiveCard', 'Container', 'TextBlock', 'ActionSet']);
const actions = new Set(['Action.Submit', 'Action.ShowCard']);

type Node = Record<string, unknown>;

/** What is wrong with an Adaptive Card; empty when nothing is. */
export function cardFaults(card: unknown): string[] {
  const faults: string[] = [];
  const visit = (value: unknown, path: string): void => {
    if (Array.isArray(value)) {
      value.forEach((item, index) => void visit(item, `${path}[${index}]`));
      return;
    }
    if (!value || typeof value !== 'object') return;
    const node = value as Node;
    const type = node.type;
    if (typeof type === 'string' && path.match(/(body|items|card|^)(\[\d+\])?$/) && !elements.has(type))
      faults.push(`${path}: element ${type}`);
    if (type === 'AdaptiveCard') {
      if (Number(node.version) > 1.5 || !node.version) faults.push(`${path}: version ${String(node.version)}`);
      if (!node.lang) faults.push(`${path}: no lang`);
    }
    if (type === 'TextBlock' && (typeof node.text !== 'string' || node.text === '' || node.wrap !== true))
      faults.push(`${path}: text`);
    if (typeof type === 'string' && type.startsWith('Action.')) {
      if (!actions.has(type)) faults.push(`${path}: action ${type}`);
      if (typeof node.title !== 'string' || node.title === '') faults.push(`${path}: action without a title`);
      const choose = (node.data as Node | undefined)?.choose;
      if (type === 'Action.Submit' && typeof choose !== 'string') faults.push(`${path}: nothing to choose`);
    }
    for (const [key, child] of Object.entries(node))
      if (key !== 'data') visit(child, path === '' ? key : `${path}.${key}`);
  };
  visit(card, '');
  const root = card as Node;
  if (root.type !== 'AdaptiveCard') faults.push('not a card');
  if (typeof root.fallbackText !== 'string' || root.fallbackText === '') faults.push('no fallback text');
  const size = Buffer.byteLength(JSON.stringify(card));
  if (size >= 28 * 1024) faults.push(`${size} bytes`);
  return faults;
}

/** Every text in a card that is shown, folded parts too. */
export function cardTexts(card: unknown): string {
  const texts: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (value && typeof value === 'object') {
      const node = value as Node;
      if (node.type === 'TextBlock') texts.push(String(node.text));
      if (typeof node.type === 'string' && node.type.startsWith('Action.')) texts.push(String(node.title));
      for (const [key, child] of Object.entries(node)) if (key !== 'data') visit(child);
    }
  };
  visit(card);
  return texts.join('\n');
}
