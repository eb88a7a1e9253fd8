// `npm run endurance -- handoff [TIMES]`: kills the product at so many random moments of a handoff (100 unless told) and looks at what is left.
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');
const { build, root } = require('./build');

const [what, times = '100'] = process.argv.slice(2);
if (what !== 'handoff') {
  process.stderr.write('npm run endurance -- handoff [TIMES]\n');
  process.exit(1);
}
build();
const env = { ...process.env, CRASHES: times, SKIP_BROWSER: '1', SEED: process.env.SEED ?? String(Date.now() % 1e6) };
process.stdout.write(`seed ${env.SEED}\n`);
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const { status } = spawnSync(process.execPath, [jest, 'test/handoff/crash'], { cwd: root, env, stdio: 'inherit' });
process.exit(status ?? 1);
