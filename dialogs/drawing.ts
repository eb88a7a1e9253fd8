import { createHash } from 'node:crypto';
import { closedValues, slots } from '../src/domain/profile';
import type { ConversationMachine } from './conversation.machine';

type Node = { key: string; states: Record<string, Node>; on?: unknown; config: { initial?: string } };

export type Shape = { states: string[]; slots: Record<string, readonly string[] | null> };

/** What a saved conversation depends on: the states, and the slots with their closed values. */
export function shapeOf(machine: ConversationMachine): Shape {
  const ids = (node: Node, path: string[]): string[] =>
    Object.entries(node.states).flatMap(([key, child]) => [[...path, key].join('.'), ...ids(child, [...path, key])]);
  const values = closedValues as Record<string, readonly string[]>;
  return {
    states: ids(machine.root as unknown as Node, []),
    slots: Object.fromEntries(slots.map((slot) => [slot, values[slot] ?? null])),
  };
}

export const hashShape = (shape: Shape): string =>
  createHash('sha256').update(JSON.stringify(shape)).digest('hex').slice(0, 16);

/** The statechart as Mermaid text: states with their children, and every transition by its event. */
export function drawMachine(machine: ConversationMachine): string {
  const lines = ['stateDiagram-v2'];
  const arrows: string[] = [];
  type Transition = { eventType: string; target?: { id: string }[]; guard?: unknown };
  type Full = Node & { id: string; transitions: Map<string, Transition[]>; always?: Transition[] };
  const name = (id: string) => id.replace(/^conversation\.?/, '').replaceAll('.', '_') || 'conversation';
  const walk = (node: Full, depth: number) => {
    const pad = '  '.repeat(depth);
    for (const child of Object.values(node.states) as Full[]) {
      const nested = Object.keys(child.states).length > 0;
      lines.push(nested ? `${pad}state ${name(child.id)} {` : `${pad}${name(child.id)}`);
      walk(child, depth + 1);
      if (nested) lines.push(`${pad}}`);
    }
    if (node.config.initial) lines.push(`${pad}[*] --> ${name(`${node.id}.${node.config.initial}`)}`);
    const from = node.id === machine.root.id ? 'anywhere' : name(node.id);
    for (const { eventType, target } of [...[...node.transitions.values()].flat(), ...(node.always ?? [])]) {
      for (const to of target ?? []) arrows.push(`  ${from} --> ${name(to.id)}${eventType ? `: ${eventType}` : ''}`);
    }
  };
  walk(machine.root as unknown as Full, 1);
  return `${[...lines, ...new Set(arrows)].join('\n')}\n`;
}
