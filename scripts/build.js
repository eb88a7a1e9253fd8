// Builds what is stale, and only that: the code (dist/) and the compiled library (dist/library/). Talks on stderr.
const { createHash } = require('node:crypto');
const { execFileSync } = require('node:child_process');
const { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { join, relative } = require('node:path');

const root = join(__dirname, '..');
const stampFile = join(root, 'dist', '.stamp.json');

function filesUnder(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  return readdirSync(full, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function hashOf(...paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((path) => (path.includes('.') ? [join(root, path)] : filesUnder(path)))) {
    hash.update(relative(root, file)).update('\0').update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Rebuilds stale parts; returns what it did. `codeOnly`: for the command that says what is wrong with the library. */
function build({ codeOnly = false } = {}) {
  const before = existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')) : {};
  const code = hashOf('src', 'dialogs', 'tsconfig.json', 'package-lock.json');
  const library = createHash('sha256').update(code).update(hashOf('content', 'locales')).digest('hex');
  const done = [];
  const node = (...args) => execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (before.code !== code) {
    rmSync(join(root, 'dist', 'src'), { recursive: true, force: true });
    rmSync(join(root, 'dist', 'dialogs'), { recursive: true, force: true });
    rmSync(join(root, 'dist', '.tsbuildinfo'), { force: true });
    node(join('node_modules', 'typescript', 'bin', 'tsc'), '-p', '.');
    done.push('code');
  }
  if (before.library !== library && !codeOnly) {
    node(join('dist', 'src', 'cli', 'compile.js'));
    done.push('library');
  }
  if (done.length > 0) {
    mkdirSync(join(root, 'dist'), { recursive: true });
    writeFileSync(stampFile, JSON.stringify({ code, library: codeOnly ? before.library : library }));
  }
  return done;
}

module.exports = { build, root };
if (require.main === module) {
  const started = Date.now();
  const done = build();
  process.stderr.write(`built: ${done.join(', ') || 'nothing, all fresh'} (${Date.now() - started} ms)\n`);
}
