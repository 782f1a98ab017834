import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';
import { newId } from './event-ids';
import type { Projection } from './projection';
import { ProjectionRunner } from './projection-runner';
import type { ReadModel, ReadModelCommit, ReadModelStore } from './read-model-store';

const counts: ReadModel<{ readonly count: number }> = { name: 'counts', version: 1, fields: [] };
const counting: Projection<{ readonly count: number }> = {
  readModel: counts,
  streamPrefixes: ['counted-'],
  documentIds: () => 'all',
  evolve: (document) => ({ count: (document?.count ?? 0) + 1 }),
};
const accountId = '1';

/** Dies between the documents and the checkpoint of its first commit, as a store without transactions can. */
function dyingOnce(store: EmbeddedReadModelStore, meanwhile: () => Promise<void>): ReadModelStore {
  const commit = store.commit.bind(store);
  let died = false;
  return Object.assign(store, {
    async commit(batch: ReadModelCommit): Promise<void> {
      if (died || batch.writes.length === 0) return commit(batch);
      died = true;
      await commit({ writes: batch.writes, consumer: 'nobody' });
      await meanwhile();
      throw new Error('killed before the checkpoint');
    },
  });
}

describe('documents that were stored without their checkpoint', () => {
  it('are folded on from where they stand, whatever the pages of the replay are', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'replay-'));
    const events = await EmbeddedEventStore.open({ directory });
    const happen = async (): Promise<void> => {
      const id = newId();
      const metadata = {
        $correlationId: id,
        $causationId: id,
        actor: 'a',
        accountId,
        command: 'C',
        schemaVersion: 1,
      };
      await events.append('counted-1', 'any', [{ id, type: 'Counted', data: {}, metadata }]);
    };
    const readModels = dyingOnce(await EmbeddedReadModelStore.open({ directory }), happen);
    const backOff = { firstMilliseconds: 1, longestMilliseconds: 2 };
    const runner = new ProjectionRunner({ events, readModels, projections: [counting], backOff });
    try {
      for (let n = 0; n < 3; n++) await happen();
      await runner.start();
      expect(await runner.reached((await events.head())!, 10_000)).toBe(true);
      await happen();
      expect(await runner.reached((await events.head())!, 10_000)).toBe(true);
      expect(await readModels.get(counts, accountId, 'all')).toEqual({ count: 5 });
    } finally {
      await runner.stop();
      await readModels.close();
      await events.close();
      rmSync(directory, { recursive: true });
    }
  });
});
