import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';

const compiled = resolve(__dirname, '../../dist/libs/event-store-embedded/src');
const child = join(__dirname, 'children/append-forever.js');

/** Lets the child append and kills it after so many acknowledged batches; returns all that it acknowledged. */
async function appendUntilKilled(directory: string, killAfter: number): Promise<string[]> {
  const writer = spawn(process.execPath, [child, compiled, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(writer, 'exit');
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: writer.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === killAfter) writer.kill('SIGKILL');
  }
  const [, signal] = (await exited) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  return acknowledged;
}

describe('an event store whose process is killed while it appends', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'crash-'))));
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('holds everything it acknowledged, in whole batches, without gaps', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 5; round++) {
      acknowledged.push(...(await appendUntilKilled(directory, 1 + Math.floor(Math.random() * 400))));

      const store = await EmbeddedEventStore.open({ directory });
      const batches = new Set<string>();
      const streams = new Map<string, string[]>();
      for await (const { stream, revision, id } of store.readAll()) {
        const ids = streams.get(stream) ?? [];
        streams.set(stream, ids);
        expect(Number(revision)).toBe(ids.length);
        ids.push(id);
        if (ids.length % 3 === 0) batches.add([stream, ...ids.slice(-3)].join(' '));
      }
      for (const ids of streams.values()) expect(ids.length % 3).toBe(0);
      expect(acknowledged.filter((batch) => !batches.has(batch))).toEqual([]);
      for await (const { damage } of store.verifyAll()) expect(damage).toEqual([]);
      await store.close();
    }
  });
});
