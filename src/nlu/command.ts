import { type Token, wordCount } from './normalise';
import type { Hit } from './phrases';
import type { Command } from './understanding';

/** In order of precedence: a message can hold a greeting and a wish. */
const commands: Command[] = [
  'forget',
  'mydata',
  'restart',
  'human',
  'unremind',
  'remind',
  'later',
  'back',
  'edit',
  'why',
  'result',
  'form',
  'stop',
  'help',
  'continue',
  'thanks',
  'bye',
  'greeting',
];
/** Words outside the command that a message may still hold. */
const slack: Partial<Record<Command, number>> = {
  human: 3,
  forget: 2,
  restart: 2,
  edit: 1,
  back: 1,
  form: 1,
  later: 2,
  mydata: 1,
  unremind: 1,
};
/** What follows such a wish says when and why: it may be long. */
const opens: ReadonlySet<Command> = new Set<Command>(['remind']);
const longest = 16;

/** The wish that makes up a message, if one does: its phrases and small words leave (nearly) nothing over. */
export function readCommand(tokens: readonly Token[], hits: readonly Hit[]): Command | null {
  if (tokens.length === 0 || wordCount(tokens) > longest) return null;
  const found = hits.filter((hit) => hit.tag.startsWith('command:'));
  if (found.length === 0) return null;
  const covered = new Set<number>();
  for (const hit of hits) {
    if (!hit.tag.startsWith('command:') && hit.tag !== 'filler') continue;
    for (let index = hit.start; index < hit.end; index += 1) covered.add(index);
  }
  const over = wordCount(tokens.filter((_, index) => !covered.has(index)));
  const share = over / wordCount(tokens);
  const thanks = found.find((hit) => hit.tag === 'command:thanks');
  for (const command of commands) {
    const said = found.filter((hit) => hit.tag === `command:${command}`);
    if (said.length === 0) continue;
    // "Thanks for your help" asks for none.
    if (command === 'help' && thanks && said.every(({ start }) => start >= thanks.start)) continue;
    // "Remind me what I need" is a question.
    const asks = said.some(
      (wish) => wish.end - wish.start <= 2 && hits.some(({ tag, start }) => tag === 'question' && start === wish.end),
    );
    if (opens.has(command) && !asks) return command;
    if (over <= (slack[command] ?? 0) && share < 0.4) return command;
  }
  return null;
}

/** A message without its greeting and thanks, when something else is left: what the question is about. */
export function withoutPleasantries(
  tokens: readonly Token[],
  hits: readonly Hit[],
): { tokens: readonly Token[]; hits: readonly Hit[] } {
  const polite = new Set<number>();
  for (const hit of hits) {
    if (!/^command:(greeting|thanks|bye)$/.test(hit.tag)) continue;
    for (let index = hit.start; index < hit.end; index += 1) polite.add(index);
  }
  if (polite.size === 0 || tokens.length - polite.size < 2) return { tokens, hits };
  return {
    tokens: tokens.filter((_, index) => !polite.has(index)),
    hits: hits.filter((hit) => hit.tag !== 'concept:greeting' && hit.tag !== 'concept:thanks'),
  };
}
