import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProjectionRunner } from '@flowledger/event-sourcing';
import type { Projection } from '@flowledger/event-sourcing';
import { newEvents } from '@flowledger/event-sourcing/testing';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';
import { examine } from './examination';

const counting: Projection<{ readonly count: number }> = {
  readModel: { name: 'counts', version: 1, fields: [] },
  streamPrefixes: ['counted-'],
  documentIds: () => 'all',
  evolve: (document) => ({ count: (document?.count ?? 0) + 1 }),
};
const silent = () => undefined;

/** A log of three events, folded; closed. */
async function foldedDirectory(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'flowledger-doctor-'));
  const events = await EmbeddedEventStore.open({ directory });
  await events.append('counted-1', 'no-stream', newEvents(3));
  const readModels = await EmbeddedReadModelStore.open({ directory });
  const runner = new ProjectionRunner({ events, readModels, projections: [counting] });
  await runner.start();
  expect(await runner.reached((await events.head())!, 10_000)).toBe(true);
  await runner.stop();
  await readModels.close();
  await events.close();
  return directory;
}

describe('the read models of a data directory', () => {
  let directory: string;
  beforeEach(async () => (directory = await foldedDirectory()));
  afterEach(() => rmSync(directory, { recursive: true }));

  it('match the log that they were folded from, however often one looks', async () => {
    const found = await examine(directory, silent);
    expect(found).toMatchObject({
      damage: [],
      consumers: [{ consumer: 'projections', checkpoint: '3', lastEventGone: false, parkedEvents: 0 }],
    });
    expect(await examine(directory, silent)).toEqual(found);
  });

  it('are named when the log is another one, or a shorter one', async () => {
    for (const count of [3, 1]) {
      for (const end of ['', '-wal', '-shm']) rmSync(join(directory, `events.db${end}`), { force: true });
      const other = await EmbeddedEventStore.open({ directory });
      await other.append('counted-1', 'no-stream', newEvents(count));
      await other.close();
      const { damage } = await examine(directory, silent);
      expect(damage).toEqual([expect.stringMatching(/projections was folded from another log/)]);
    }
  });
});
