import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A fake server in a process of its own; its data is in memory, so it is frozen and cut off, never killed. */
export class FakeStore {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(kind: 'events' | 'documents'): Promise<FakeStore> {
    const loader = join(__dirname, '../load-typescript.js');
    const child = spawn(
      process.execPath,
      ['--require', loader, join(__dirname, '../children/store.ts'), kind],
      {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      },
    );
    const [url] = (await once(child, 'message')) as [string];
    return new FakeStore(child, url);
  }

  async freeze(milliseconds: number): Promise<void> {
    this.child.kill('SIGSTOP');
    await pause(milliseconds);
    this.child.kill('SIGCONT');
  }

  stop(): void {
    this.child.kill('SIGCONT');
    this.child.kill('SIGKILL');
  }
}
