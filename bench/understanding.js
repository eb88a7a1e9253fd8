// Understanding beside MiniSearch and nlp.js, on the same phrasings and the same questions, in one run.
// `npm run bench:understanding [-- FILE.jsonl]`: accuracy of each, time of a message, index loading, memory. Without a file the
// questions are every fifth phrasing, left out of all three. The peers are installed under bench/peers on first use.
const { execFileSync } = require('node:child_process');
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { build, root } = require('../scripts/build');

const peersFolder = join(__dirname, 'peers');
if (!existsSync(join(peersFolder, 'node_modules', 'minisearch')))
  execFileSync('npm', ['install', '--no-package-lock', '--ignore-scripts', '--silent'], {
    cwd: peersFolder,
    stdio: 'inherit',
  });
build();
const ours = (name) => require(join(root, 'dist', 'src', name));
const peer = (name) => require(require.resolve(name, { paths: [peersFolder] }));

const { loadLibrary } = ours('library/load-library');
const { buildIndex } = ours('nlu/build-index');
const { loadDetector } = ours('nlu/detect-language');
const { buildIndexes, createUnderstand, topicTexts } = ours('nlu/understand');
const { openIndex } = ours('nlu/find-articles');
const { openUnderstanding } = ours('nlu/open-understanding');
const { openWords } = ours('nlu/words');
const { openLibrary } = ours('library/compile');
const { asTable } = ours('cli/table');

const every = 5;
const file = process.argv[2];
const percent = (part, whole) => (whole === 0 ? '-' : ((part / whole) * 100).toFixed(1));
const micro = (list, share) => {
  const sorted = [...list].sort((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0) * 1000);
};
const context = { language: null, today: '2026-11-22', asked: null, offered: [], profile: {}, topic: null };

/** Questions of one language: { text, right: Set of topics }. */
function questionsOf(language, topics) {
  if (file)
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line))
      .filter(({ lang, scope }) => lang === language && scope === 'in')
      .map(({ text, topic, also = [] }) => ({ text, right: new Set([topic, ...also]) }));
  return topics
    .filter(({ id }) => !/^(near|out|crisis)-/.test(id))
    .flatMap(({ id, phrasings }) =>
      phrasings.filter((_, place) => place % every === every - 1).map((text) => ({ text, right: new Set([id]) })),
    );
}

const keptOf = (topics) =>
  file
    ? topics
    : topics.map((topic) => ({
        ...topic,
        phrasings: topic.phrasings.filter((_, place) => place % every !== every - 1),
      }));

/** Asks every question twice (the second time is timed) and counts. */
async function examine(questions, ask) {
  let first = 0;
  let third = 0;
  const times = [];
  for (const { text } of questions) await ask(text);
  for (const { text, right } of questions) {
    const started = performance.now();
    const found = await ask(text);
    times.push(performance.now() - started);
    if (right.has(found[0])) first += 1;
    if (found.slice(0, 3).some((id) => right.has(id))) third += 1;
  }
  return { first, third, times, asked: questions.length };
}

function miniSearch(topics) {
  const MiniSearch = peer('minisearch');
  const index = new (MiniSearch.default ?? MiniSearch)({
    fields: ['phrasings', 'answer'],
    searchOptions: { fuzzy: 0.2, prefix: true },
  });
  index.addAll(topics.map(({ id, phrasings, answer }) => ({ id, phrasings: phrasings.join('\n'), answer })));
  return (text) =>
    index
      .search(text)
      .slice(0, 3)
      .map(({ id }) => id);
}

async function nlpJs(language, topics) {
  const { containerBootstrap } = peer('@nlpjs/core');
  const { Nlp } = peer('@nlpjs/nlp');
  const lang = peer(`@nlpjs/lang-${language}`);
  const container = await containerBootstrap();
  container.use(Nlp);
  container.use(lang[`Lang${language[0].toUpperCase()}${language.slice(1)}`]);
  const nlp = container.get('nlp');
  nlp.settings.autoSave = false;
  nlp.settings.log = false;
  nlp.nluManager.settings.log = false;
  nlp.settings.nlu = { log: false };
  nlp.addLanguage(language);
  for (const { id, phrasings } of topics) for (const phrasing of phrasings) nlp.addDocument(language, phrasing, id);
  await nlp.train();
  return async (text) => {
    const { classifications = [] } = await nlp.process(language, text);
    return classifications.slice(0, 3).map(({ intent }) => intent);
  };
}

async function main() {
  const library = loadLibrary(root);
  await loadDetector();
  const rows = [
    ['language', 'asked', 'ours', 'MiniSearch', 'nlp.js', 'ours µs', 'p95', 'MiniSearch µs', 'p95', 'nlp.js µs', 'p95'],
  ];
  const whole = createUnderstand(library, buildIndexes(library));
  const all = [];
  for (const { code, live } of library.languages) {
    if (!live) continue;
    const topics = topicTexts(library, code);
    const questions = questionsOf(code, topics);
    if (questions.length === 0) continue;
    const kept = keptOf(topics);
    const words = openWords(library.lexicons[code]);
    const index = openIndex(buildIndex(kept, words), words);
    const results = [
      await examine(questions, (text) => index.best(index.rank(text), 3).map(({ topic }) => topic)),
      await examine(questions, miniSearch(kept)),
      await examine(questions, await nlpJs(code, kept)),
    ];
    // Ours is timed over all four steps: safety, language, facts and article.
    const { times } = await examine(questions, (text) => whole(text, context).ranked.map(({ topic }) => topic));
    results[0].times = times;
    all.push(...times);
    rows.push([
      code,
      questions.length,
      ...results.map(({ first, third, asked }) => `${percent(first, asked)}/${percent(third, asked)}`),
      ...results.flatMap((result) => [micro(result.times, 0.5), micro(result.times, 0.95)]),
    ]);
  }
  console.log(
    `${file ? `questions of ${file}` : 'left-out phrasings'}: top-1/top-3; microseconds a message, median and p95`,
  );
  console.log('(ours: all four steps, crisis to article; the peers: their search alone)');
  console.log(asTable(rows));
  console.log(`all languages, all four steps: median ${micro(all, 0.5)} µs, p95 ${micro(all, 0.95)} µs\n`);
  await loading(library);
}

/** Opens the compiled indexes in a process of their own, as the server does. */
async function loading(library) {
  if (process.argv[2] !== '--loading') {
    const out = execFileSync(process.execPath, ['--expose-gc', __filename, '--loading'], { encoding: 'utf8' });
    process.stdout.write(out);
    return;
  }
  const empty = process.memoryUsage().rss;
  const { understand } = await openUnderstanding(library);
  const rows = [['language', 'first message ms']];
  for (const { code, live } of library.languages) {
    if (!live) continue;
    const text = topicTexts(library, code)[0].phrasings[0];
    const started = performance.now();
    understand(text, { ...context, language: code });
    rows.push([code, Math.round(performance.now() - started)]);
  }
  global.gc?.();
  console.log(asTable(rows));
  console.log(
    `memory: ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB of the process with all live languages, ${Math.round((process.memoryUsage().rss - empty) / 2 ** 20)} MB of it for understanding`,
  );
}

if (process.argv[2] === '--loading') void loading(openLibrary());
else void main();
