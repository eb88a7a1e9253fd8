import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConversationMachine } from '../../dialogs/conversation.machine';
import { drawMachine, hashShape, shapeOf } from '../../dialogs/drawing';
import { openLibrary } from '../library/compile';
import { projectRoot } from '../library/project-root';

const dialogs = join(projectRoot, 'dialogs');

/**
 * `npm run draw`: writes `dialogs/conversation.mmd`. With `--shape` it also accepts the machine's present shape into
 * `dialogs/shape.json`: only after a migration was written, or when nothing stored needs one.
 */
export async function main(
  args: string[],
  _input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<number> {
  const machine = createConversationMachine(openLibrary().rulebook);
  writeFileSync(join(dialogs, 'conversation.mmd'), drawMachine(machine));
  output.write('drawn: dialogs/conversation.mmd\n');
  if (args.includes('--shape')) {
    const shape = shapeOf(machine);
    writeFileSync(join(dialogs, 'shape.json'), `${JSON.stringify({ hash: hashShape(shape), ...shape }, null, 2)}\n`);
    output.write('accepted: dialogs/shape.json\n');
  }
  return 0;
}
