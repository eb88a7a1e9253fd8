// `node scripts/run.js NAME ARGS…`: builds what is stale, then runs src/cli/NAME.ts (or src/main.ts for `main`).
const { join } = require('node:path');
const { build, root } = require('./build');

// Newer Nodes keep compiled code between starts; Node 20 has no such thing.
require('node:module').enableCompileCache?.();

const [name, ...args] = process.argv.slice(2);
build({ codeOnly: name === 'content' && !args.includes('--seeds') && !args.includes('--missed') });
if (name === 'main') {
  require(join(root, 'dist', 'src', 'main.js')).start();
} else {
  const command = require(join(root, 'dist', 'src', 'cli', `${name}.js`));
  command.main(args, process.stdin, process.stdout).then(
    (status) => {
      process.exitCode = status;
    },
    (error) => {
      process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
      process.exitCode = 1;
    },
  );
}
