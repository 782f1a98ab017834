import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { FakeOrders } from './fake-child';
import type { FakeEventStoreOptions } from './fake-event-store';

type Order = keyof FakeOrders;
type Answer<Name extends Order> = Awaited<ReturnType<FakeOrders[Name]>>;

/** Lets plain Node load the TypeScript of this folder, the first of it being the file that it was started with. */
const loadTypeScript = `
  const { transformFileSync } = require('@swc/core');
  const options = { swcrc: false, module: { type: 'commonjs' }, jsc: { target: 'es2023', parser: { syntax: 'typescript' } } };
  require.extensions['.ts'] = (module, file) => module._compile(transformFileSync(file, options).code, file);
  require(process.argv[1]);`;

/**
 * The fake in a process of its own. It speaks with the messages of `@eventstore/db-client`, which no process can load
 * beside those of `@kurrent/kurrentdb-client`.
 */
export class FakeProcess {
  connectionString = '';
  private readonly waiting = new Map<number, (reply: { result?: unknown; error?: string }) => void>();
  private number = 0;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', ({ number, ...reply }: { number: number; result?: unknown; error?: string }) => {
      this.waiting.get(number)?.(reply);
      this.waiting.delete(number);
    });
    child.on('exit', (code) => {
      for (const settle of this.waiting.values()) settle({ error: `the fake ended with ${code}` });
    });
  }

  static async start(options: FakeEventStoreOptions = {}): Promise<FakeProcess> {
    const child = spawn(process.execPath, ['--eval', loadTypeScript, join(__dirname, 'fake-child.ts')], {
      cwd: __dirname,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
    });
    const fake = new FakeProcess(child);
    await fake.startEmpty(options);
    return fake;
  }

  /** Forgets all there was, and every fault. */
  async startEmpty(options: FakeEventStoreOptions = {}): Promise<void> {
    this.connectionString = await this.order('start', options);
  }

  async order<Name extends Order>(order: Name, ...args: Parameters<FakeOrders[Name]>): Promise<Answer<Name>> {
    const number = ++this.number;
    const reply = new Promise<{ result?: unknown; error?: string }>((resolve) =>
      this.waiting.set(number, resolve),
    );
    this.child.send({ number, order, args });
    const { result, error } = await reply;
    if (error !== undefined) throw new Error(error);
    return result as Answer<Name>;
  }

  kill(): void {
    this.child.disconnect();
  }
}
