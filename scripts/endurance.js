// `npm run endurance -- NAME [STEPS]`: a long proof (test/endurance/), result appended to docs/proofs.md. What was interrupted goes on
// where it stopped, as long as the commit is the same. SEED=… repeats a run.
const { execFileSync } = require('node:child_process');
const { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { build, root } = require('./build');

build();
require('./typescript');
const { takeSteps } = require('../test/endurance/suite');
const { suites } = require('../test/endurance/suites');

const [name, steps] = process.argv.slice(2);
const suite = suites[name];
if (!suite) {
  process.stderr.write(`npm run endurance -- ${Object.keys(suites).join('|')} [STEPS]\n`);
  process.exit(1);
}

const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
// The result of the proof before this one is no change.
const changed = git('status', '--porcelain', '--untracked-files=no', '.', ':!docs/proofs.md') !== '';
const commit = `${git('rev-parse', '--short', 'HEAD')}${changed ? ' and changes' : ''}`;
const to = Number(steps ?? suite.steps.full);
const folder = join(root, '.cache', 'endurance');
const kept = join(folder, `${name}.json`);

/** The run that was interrupted, or a new one. */
function takeUp() {
  const fresh = { commit, to, seed: Number(process.env.SEED ?? Date.now() % 1e6), reports: [] };
  try {
    const before = JSON.parse(readFileSync(kept, 'utf8'));
    return before.commit === commit && before.to === to ? before : fresh;
  } catch {
    return fresh;
  }
}

async function main() {
  const run = takeUp();
  const { seed, reports } = run;
  mkdirSync(folder, { recursive: true });
  console.log(`${name}: ${to} steps at ${commit}, seed ${seed}, from step ${reports.length}`);
  await takeSteps(suite, 'full', { seed, from: reports.length, to }, (report, number) => {
    reports.push(report);
    writeFileSync(kept, JSON.stringify(run));
    console.log(`${number + 1}/${to} ${JSON.stringify(report).slice(0, 300)}`);
  });
  const { result, wrong } = suite.judge(reports);
  rmSync(kept);
  for (const line of wrong) console.log(`WRONG ${line}`);
  const what = suite.what.replace('{steps}', String(to));
  const verdict = wrong.length === 0 ? 'holds' : `**${wrong.length} wrong**`;
  const cells = [
    new Date().toISOString().slice(0, 10),
    commit,
    `\`${name}\`: ${what}`,
    result,
    `${verdict}, seed ${seed}`,
  ];
  appendFileSync(join(root, 'docs', 'proofs.md'), `| ${cells.join(' | ')} |\n`);
  console.log(`${what}: ${result}. ${verdict}`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
