import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { outcomeIds } from '../../src/domain/ids';
import { slots } from '../../src/domain/profile';

const root = join(__dirname, '..', '..');

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();

const sources = [...filesIn('src'), ...filesIn('dialogs')];

/** Rooms from the lowest layer up; an import points to the same room or to a lower layer. */
const layers: Record<string, number> = {
  'src/errors': -1,
  'src/in-time': -1,
  'src/recent-map': -1,
  'src/http': 0,
  'src/domain': 1,
  dialogs: 2,
  'src/library': 2,
  'src/nlu': 3,
  'src/conversation': 4,
  'src/channels': 5,
  'src/handoff': 5,
  'src/storage': 5,
  'src/telemetry': 5,
  'src/server': 6,
  'src/cli': 6,
  'src/config': 5,
  'src/main': 7,
};

/** The one folder of each third-party library. */
const homes: Record<string, string> = {
  xstate: 'dialogs',
  i18next: 'src/library',
  yaml: 'src/library',
  eld: 'src/nlu',
  'snowball-stemmers': 'src/nlu',
  papaparse: 'src/cli',
  'lean-qr': 'src/conversation',
  pg: 'src/storage',
  'date-holidays': 'src/handoff',
  'openid-client': 'src/handoff',
  'world-countries': 'src/nlu',
  botbuilder: 'src/channels/botframework',
  'botbuilder-core': 'src/channels/botframework',
  'botframework-connector': 'src/channels/botframework',
  'botframework-schema': 'src/channels/botframework',
  jsonwebtoken: 'src/channels/directline',
  ws: 'src/channels/directline',
  restify: 'src/server',
  ajv: 'src/channels/teams',
  'ajv-draft-04': 'src/channels/teams',
  'ajv-formats': 'src/channels/teams',
  fflate: 'src/channels/teams',
  '@myriaddreamin/typst-ts-node-compiler': 'src/channels/checklist',
  'ical-generator': 'src/channels/checklist',
  libsql: 'src/storage',
  pino: 'src/telemetry',
  'prom-client': 'src/telemetry',
  '@opentelemetry/api': 'src/telemetry',
  '@opentelemetry/resources': 'src/telemetry',
  '@opentelemetry/sdk-trace-node': 'src/telemetry',
  '@opentelemetry/exporter-trace-otlp-http': 'src/telemetry',
};

/** What reads slots out of words has to name them; nothing is decided there. */
const recognisers = ['extract-slots', 'follow-up', 'pending-answer', 'residence'].map((name) => `src/nlu/${name}.ts`);

const roomOf = (file: string): string =>
  Object.keys(layers).find((room) => file === `${room}.ts` || file.startsWith(`${room}/`)) ?? '?';

const importsOf = (file: string): string[] =>
  [
    ...readFileSync(join(root, file), 'utf8').matchAll(
      /^(?:import|export)\b[^;]*?\bfrom '([^']+)'|\b(?:import|require)\('([^']+)'\)/gm,
    ),
  ].map((match) => match[1] ?? match[2] ?? '');

test('an import points downwards or stays in its room', () => {
  const wrong = sources.flatMap((file) =>
    importsOf(file)
      .filter((target) => target.startsWith('.'))
      .map((target) => normalize(join(dirname(file), target)))
      .filter((target) => {
        const [from, to] = [roomOf(file), roomOf(`${target}.ts`)];
        if (to === '?' || from === '?') return true;
        return from !== to && (layers[to] as number) >= (layers[from] as number);
      })
      .map((target) => `${file} → ${target}`),
  );
  expect(wrong).toEqual([]);
});

test('channels and handoff never import each other', () => {
  const crossing = sources.filter(
    (file) =>
      (file.startsWith('src/channels') && importsOf(file).some((target) => target.includes('/handoff'))) ||
      (file.startsWith('src/handoff') && importsOf(file).some((target) => target.includes('/channels'))),
  );
  expect(crossing).toEqual([]);
});

test('each third-party library lives in one folder', () => {
  const wrong = sources.flatMap((file) =>
    importsOf(file)
      .filter((target) => !target.startsWith('.') && !target.startsWith('node:') && target !== 'zod')
      .map((target) =>
        target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : (target.split('/')[0] ?? target),
      )
      .filter((name) => !homes[name] || !file.startsWith(`${homes[name]}/`))
      .map((name) => `${file} imports ${name}`),
  );
  expect(wrong).toEqual([]);
});

test('config.ts is read by main and the command line alone', () => {
  const readers = sources.filter((file) =>
    importsOf(file).some((target) => normalize(join(dirname(file), target)) === 'src/config'),
  );
  expect(readers.filter((file) => file !== 'src/main.ts' && !file.startsWith('src/cli/'))).toEqual([]);
});

test('outside dialogs and domain nothing branches on the id of a slot or an outcome', () => {
  const ids = [...slots, ...outcomeIds].filter((id) => id !== 'number').join('|');
  const branch = new RegExp(`(?:===|!==|case)\\s*'(?:${ids})'`);
  const wrong = sources
    .filter((file) => !file.startsWith('dialogs/') && !file.startsWith('src/domain/') && !recognisers.includes(file))
    .flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          branch.test(line) && !line.includes('kind') ? [`${file}:${index + 1}: ${line.trim()}`] : [],
        ),
    );
  expect(wrong).toEqual([]);
});

test('transition() is called only in dialogs/', () => {
  const callers = sources.filter((file) => /\btransition\(/.test(readFileSync(join(root, file), 'utf8')));
  expect(callers.filter((file) => !file.startsWith('dialogs/'))).toEqual([]);
});

test('a file has fewer than 300 lines and a kebab-case name', () => {
  const all = [...sources, ...filesIn('test')];
  const long = all.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 300);
  const named = all.filter(
    (file) => !/^[a-z0-9-]+(\.(test|machine|browser\.test|d))?\.ts$/.test(file.split('/').at(-1) ?? ''),
  );
  expect({ long, named }).toEqual({ long: [], named: [] });
});

test('code knows no phone digit, form name or month count', () => {
  const facts = /\b36 46\b|09 ?74 ?75|\bS1106\b|\bS3705\b|\bCerfa\b|three months|threeMonths?\b.*=\s*3/;
  const wrong = sources.filter((file) =>
    facts.test(readFileSync(join(root, file), 'utf8').replace(/^\s*(\/\/|\*|\/\*).*$/gm, '')),
  );
  expect(wrong).toEqual([]);
});
