// How long an adviser waits for queue and dossier while 200 people wait. `npm run bench:dossier -- [PEOPLE]`
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { build, root } = require('../scripts/build');

const turns = require('./conversation.json');
const people = Number(process.argv[2]) || 200;
const secret = 'bench-secret-of-thirty-two-characters';

async function main() {
  build();
  const { serve } = require(join(root, 'dist', 'src', 'main.js'));
  const { readConfig } = require(join(root, 'dist', 'src', 'config.js'));
  const data = mkdtempSync(join(tmpdir(), 'guichet-dossier-'));
  const env = {
    PORT: '0',
    DATA_DIR: data,
    LOG_LEVEL: 'silent',
    DIRECTLINE_SECRET: secret,
    MESSAGES_PER_MINUTE: '100000000',
  };
  const running = await serve(readConfig(env));
  const origin = `http://127.0.0.1:${running.address.port}`;
  const call = async (method, path, body, headers = {}) => {
    const response = await fetch(origin + path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: body && JSON.stringify(body),
    });
    return { body: await response.json(), headers: response.headers };
  };
  try {
    for (let index = 0; index < people; index += 1) {
      const made = await call('POST', '/v3/directline/tokens/generate', {}, { authorization: `Bearer ${secret}` });
      const bearer = { authorization: `Bearer ${made.body.token}` };
      const { conversationId } = (await call('POST', '/v3/directline/conversations', {}, bearer)).body;
      const path = `/v3/directline/conversations/${conversationId}/activities`;
      for (const { choose, ...turn } of turns)
        await call('POST', path, { type: 'message', ...turn, ...(choose ? { value: { choose } } : {}) }, bearer);
      await call('POST', path, { type: 'message', value: { choose: 'do=human' } }, bearer);
    }
    const { body, headers } = await call('POST', '/adviser/api/sign-in', running.firstAccount);
    const cookie = { cookie: headers.get('set-cookie').split(';')[0] };
    if (!body.csrf) throw new Error('no sign-in');
    const timed = async (path) => {
      const started = performance.now();
      const answer = await call('GET', path, undefined, cookie);
      return { milliseconds: performance.now() - started, answer };
    };
    const queue = await timed('/adviser/api/queue');
    const times = [];
    for (const { id } of queue.answer.body) {
      const { milliseconds, answer } = await timed(`/adviser/api/handoffs/${id}`);
      if (!answer.body.dossier.facts.length) throw new Error('an empty dossier');
      times.push(milliseconds);
    }
    times.sort((a, b) => a - b);
    const at = (share) => (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1);
    process.stdout.write(
      `${queue.answer.body.length} people wait. queue ${queue.milliseconds.toFixed(1)} ms; dossier median ${at(0.5)} ms, 99th percentile ${at(0.99)} ms, slowest ${at(1)} ms\n`,
    );
  } finally {
    await running.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
