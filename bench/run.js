// CPU per turn, throughput, latency and memory of our full turn beside a bare botbuilder echo, in one run.
// `npm run bench` prints a table; `npm run bench -- --seconds 5` changes how long each cell runs. The ratio is to the echo of the same
// round: CPU time too depends on what else the machine does. Opening a conversation (on Direct Line two requests and the greeting)
// is part of its turns' time. "A core" = turns that one second of CPU takes.
const { fork } = require('node:child_process');
const { mkdtempSync, rmSync } = require('node:fs');
const http = require('node:http');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { build } = require('../scripts/build');

const mixed = require('./conversation.json');
const buttons = require('./buttons.json');
const seconds = Number(process.argv[process.argv.indexOf('--seconds') + 1]) || 4;
const rounds = 3;
/** Turns before a cell is measured: V8 compiles by use, and a busy machine takes few turns in some seconds. */
const warmUp = 3000;
const secret = 'bench-secret-of-thirty-two-characters';
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

function post(port, path, body, headers = {}) {
  const text = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        port,
        host: '127.0.0.1',
        path,
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers },
      },
      (response) => {
        let data = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => {
          data += chunk;
        });
        response.on('end', () =>
          response.statusCode < 300 ? resolve(data) : reject(new Error(`${path}: ${response.statusCode} ${data}`)),
        );
      },
    );
    request.on('error', reject);
    request.end(text);
  });
}

function startServer(file, env) {
  const started = process.hrtime.bigint();
  const child = fork(join(__dirname, file), {
    env: {
      ...process.env,
      LOG_LEVEL: 'silent',
      MESSAGES_PER_MINUTE: '100000000',
      NODE_ENV: 'development',
      PORT: '0',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const next = () => new Promise((resolve) => child.once('message', resolve));
  return next().then(({ ready }) => ({
    port: ready,
    started,
    usage() {
      const answer = next();
      child.send('usage');
      return answer;
    },
    stop: () => new Promise((resolve) => child.once('exit', resolve) && child.kill('SIGKILL')),
  }));
}

let serial = 0;
const unique = (prefix) => {
  serial += 1;
  return `${prefix}${serial}`;
};
const activity = (turn, conversation) => ({
  type: 'message',
  id: unique('bench-'),
  channelId: 'test',
  serviceUrl: 'http://127.0.0.1:9/',
  deliveryMode: 'expectReplies',
  from: { id: 'person' },
  recipient: { id: 'bot' },
  conversation: { id: conversation },
  locale: turn.locale,
  text: turn.text,
  ...(turn.choose ? { value: { choose: turn.choose } } : {}),
});

const viaMessages = (port) => async () => {
  const conversation = unique('bench-');
  return (turn) => post(port, '/api/messages', activity(turn, conversation));
};

const viaDirectLine = (port) => async () => {
  const { token, conversationId } = JSON.parse(
    await post(port, '/v3/directline/tokens/generate', {}, { authorization: `Bearer ${secret}` }),
  );
  const headers = { authorization: `Bearer ${token}` };
  await post(port, '/v3/directline/conversations', { user: {} }, headers);
  return (turn) =>
    post(
      port,
      `/v3/directline/conversations/${conversationId}/activities`,
      { ...activity(turn, conversationId), channelData: { clientActivityID: unique('c') } },
      headers,
    );
};

/** Has conversations on `connections` lanes for `seconds` and `least` turns; latencies in ms, CPU of the server per turn in µs. */
async function load({ server, open, turns }, connections, least = 1) {
  const latencies = [];
  const lanes = await Promise.all(Array.from({ length: connections }, async () => ({ send: await open(), turn: 0 })));
  const before = await server.usage();
  const started = performance.now();
  const until = started + seconds * 1000;
  await Promise.all(
    lanes.map(async (lane) => {
      while (performance.now() < until || latencies.length < least) {
        if (lane.turn === turns.length) {
          lane.send = await open();
          lane.turn = 0;
        }
        const sent = performance.now();
        await lane.send(turns[lane.turn++]);
        latencies.push(performance.now() - sent);
      }
    }),
  );
  const elapsed = (performance.now() - started) / 1000;
  const after = await server.usage();
  const cpu = after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system;
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.floor(latencies.length * share)];
  return {
    cpu: cpu / latencies.length,
    rps: latencies.length / elapsed,
    p50: at(0.5),
    p90: at(0.9),
    rss: after.rss / 1e6,
  };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const medianOf = (cells) =>
  Object.fromEntries(Object.keys(cells[0]).map((key) => [key, median(cells.map((cell) => cell[key]))]));

async function main() {
  build();
  const data = mkdtempSync(join(tmpdir(), 'guichet-bench-'));
  const firstAnswers = [];
  for (let run = 0; run < 5; run += 1) {
    const server = await startServer('guichet-server.js', { DATA_DIR: data, DIRECTLINE_SECRET: secret });
    await post(server.port, '/api/messages', activity(mixed[0], `first-${run}`));
    firstAnswers.push(Number(process.hrtime.bigint() - server.started) / 1e6);
    await server.stop();
  }
  const echo = await startServer('echo-server.js', {});
  const ours = await startServer('guichet-server.js', { DATA_DIR: data, DIRECTLINE_SECRET: secret });
  const peers = [
    { name: 'bare botbuilder echo', server: echo, open: viaMessages(echo.port), turns: mixed },
    { name: '/api/messages, buttons only', server: ours, open: viaMessages(ours.port), turns: buttons },
    { name: '/api/messages, mixed', server: ours, open: viaMessages(ours.port), turns: mixed },
    { name: 'Direct Line, mixed', server: ours, open: viaDirectLine(ours.port), turns: mixed },
  ];
  const rows = [];
  for (const connections of [1, 16]) {
    for (const peer of peers) await load(peer, connections, warmUp);
    const cells = peers.map(() => []);
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, peer] of peers.entries()) {
        const cell = await load(peer, connections);
        const base = cells[0][round] ?? cell;
        cells[index].push({ ...cell, ratio: cell.cpu / base.cpu });
      }
    }
    for (const [index, { name }] of peers.entries()) rows.push({ connections, name, ...medianOf(cells[index]) });
  }
  await echo.stop();
  await ours.stop();
  rmSync(data, { recursive: true, force: true });
  console.log(
    `Node ${process.version}, ${seconds} s a cell, median of ${rounds} rounds, SQLite; ${buttons.length} turns by button, ${mixed.length} mixed`,
  );
  console.log('| connections | what | CPU µs/turn | ratio | turns/s a core | turns/s | p50 ms | p90 ms | RSS MB |');
  console.log('|--:|---|--:|--:|--:|--:|--:|--:|--:|');
  for (const row of rows) {
    const cells = [
      row.cpu.toFixed(0),
      row.ratio.toFixed(2),
      (1e6 / row.cpu).toFixed(0),
      row.rps.toFixed(0),
      row.p50.toFixed(2),
      row.p90.toFixed(2),
      row.rss.toFixed(0),
    ];
    console.log(`| ${row.connections} | ${row.name} | ${cells.join(' | ')} |`);
  }
  console.log(
    `\nstart of the process to the first answer, warm: median ${median(firstAnswers).toFixed(0)} ms of ${firstAnswers.map((ms) => ms.toFixed(0)).join(', ')}`,
  );
  process.exit(0);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
