import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { callJson, firstCookie } from './call-json';

// biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
export type Body = Record<string, any>;

const main = join(__dirname, '..', '..', 'dist', 'src', 'main.js');

/** The product as its operators start it, in a process of its own. */
export class ProductProcess {
  private constructor(
    readonly child: ChildProcess,
    /** Its address, without a slash at the end. */
    readonly origin: string,
    /** What it wrote before it was ready. */
    readonly output: string,
  ) {}

  /** Starts it on a free port (unless told) and waits until it is ready. */
  static async start(environment: NodeJS.ProcessEnv): Promise<ProductProcess> {
    const run = `require(${JSON.stringify(main)}).start()`;
    const env = { ...process.env, NODE_ENV: 'development', PORT: '0', LOG_LEVEL: 'silent', ...environment };
    const child = spawn(process.execPath, ['-e', run], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    await new Promise<void>((resolve, reject) => {
      child.stdout?.on('data', (chunk) => {
        output += chunk;
        if (/is ready: .*\n/.test(output)) resolve();
      });
      child.once('exit', () => reject(new Error('the product did not start')));
    });
    const origin = /is ready: (http\S+)\//.exec(output)?.[1] ?? '';
    return new ProductProcess(child, origin, output);
  }

  get gone(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Ends it as a power cut ends a process: nothing is written any more. */
  async kill(): Promise<void> {
    if (this.gone) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const called = await callJson(`${this.origin}${path}`, method, body, headers);
    return { status: called.status, body: called.json as Body, cookie: firstCookie(called) };
  }
}
