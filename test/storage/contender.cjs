// Commits `count` turns to one conversation of a file that other processes write to at the same time, trying again when it lost a race.
require('../../scripts/typescript');

const { createSqliteStore } = require('../../src/storage/sqlite.ts');
const [file, name, count] = process.argv.slice(2);

async function contend() {
  const store = createSqliteStore({ file });
  const secret = await store.secret('shared');
  let lost = 0;
  for (let turn = 0; turn < Number(count); ) {
    const expectedRevision = (await store.load('c1'))?.revision ?? 0;
    // Time for the others to write between this load and this commit.
    await new Promise((resolve) => setImmediate(resolve));
    const result = await store.commit({
      conversationId: 'c1',
      channel: 'test',
      expectedRevision,
      activityId: `${name}-${turn}`,
      saved: { name, turn },
      reply: {},
      transcript: [],
      log: [{ name, turn }],
      outbox: [],
      at: new Date().toISOString(),
    });
    if (result.ok) turn += 1;
    else lost += 1;
  }
  await store.close();
  process.stdout.write(JSON.stringify({ secret, lost }));
}

contend().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
