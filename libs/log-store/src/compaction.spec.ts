import { readFile, writeFile } from 'node:fs/promises';
import {
  batchOf,
  entriesFor,
  everything,
  planned,
  StoreFixture,
  traffic,
  windowStart,
} from '../testing/fixture';
import { readableCompression, readParquet, segmentFiles } from '../testing/second-reader';
import type { EmbeddedLogStore } from './embedded-log-store';

const fixture = new StoreFixture();
afterEach(() => fixture.dispose());

const afterAnHour = { olderThan: windowStart + 7_200 };
const minutes = async (store: EmbeddedLogStore, count: number, flowLogIds: string[], from = 1) => {
  for (let n = 0; n < count; n++) {
    await store.writeSegment(batchOf(entriesFor(flowLogIds, 3, from + n * 3)));
    fixture.clock.advance(60);
  }
};
const ports = async (store: EmbeddedLogStore, logstoreId: string) =>
  (await store.query(logstoreId, everything)).entries.map(({ srcport }) => Number(srcport));

describe('the delivered segments of a closed hour', () => {
  it('become one file with the same entries in the same order', async () => {
    const store = await fixture.open({ compression: readableCompression });
    store.reconcile([planned('ls-1'), planned('ls-2')]);
    await minutes(store, 4, ['fl-1', 'fl-2']);
    await minutes(store, 3, ['fl-2'], 100);
    store.deliverNext('fl-1', 'ls-1');
    store.deliverNext('fl-2', 'ls-2');
    const before = [await store.query('ls-1', everything), await store.query('ls-2', everything)];

    expect(await store.compact(afterAnHour)).toEqual({ merged: 7, into: 1, damaged: [] });
    expect([await store.query('ls-1', everything), await store.query('ls-2', everything)]).toEqual(before);
    const files = await segmentFiles(fixture.directory);
    expect(files).toHaveLength(1);
    const { rows, flowledger } = await readParquet(files[0]!);
    expect(rows.map((row) => Number(row.seq))).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
    expect(flowledger.membershipSets).toEqual([['fl-1', 'fl-2'], ['fl-2']]);
    expect(await store.verify()).toMatchObject({ segments: 1, problems: [] });
    expect(await store.compact(afterAnHour)).toEqual({ merged: 0, into: 0, damaged: [] });
  });

  it('keep their gauges, later deliveries and retention', async () => {
    const store = await fixture.open();
    store.reconcile([planned('ls-1', 1)]);
    await minutes(store, 3, ['fl-1']);
    store.deliverNext('fl-1', 'ls-1');
    await store.compact(afterAnHour);
    await store.close();
    const again = await fixture.open();
    expect(again.swept.files).toBe(0);
    await minutes(again, 1, ['fl-1'], 500);
    expect(again.deliverNext('fl-1', 'ls-1')).toEqual({ delivered: 3, segments: 1, more: false });
    expect(again.spool('fl-1')).toMatchObject({ storedEntries: 12, deliveredEntries: 12, spooledEntries: 0 });
    fixture.clock.advance(2 * 86_400);
    expect(await again.applyRetention()).toMatchObject({ references: 2, segments: 2 });
    expect(await segmentFiles(fixture.directory)).toEqual([]);
  });

  it('do not bring expired entries into a logstore', async () => {
    const store = await fixture.open();
    store.reconcile([planned('ls-1'), planned('ls-2')]);
    await minutes(store, 2, ['fl-1', 'fl-2']);
    store.deliverNext('fl-1', 'ls-1', 1);
    store.expire('fl-1', 'SpoolAge');
    store.expire('fl-2', 'SpoolAge');
    await minutes(store, 1, ['fl-1'], 100);
    store.deliverNext('fl-1', 'ls-1');
    expect(await store.compact(afterAnHour)).toMatchObject({ merged: 3, into: 1 });
    expect(await ports(store, 'ls-1')).toEqual([1, 2, 3, 100, 101, 102]);
  });

  it('stay apart where a flow log changed its logstore', async () => {
    const store = await fixture.open();
    store.reconcile([planned('ls-1'), planned('ls-2')]);
    await minutes(store, 2, ['fl-1']);
    store.deliverNext('fl-1', 'ls-1');
    await minutes(store, 2, ['fl-1'], 100);
    store.deliverNext('fl-1', 'ls-2');
    expect(await store.compact(afterAnHour)).toMatchObject({ merged: 4, into: 2 });
    expect(await ports(store, 'ls-1')).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await ports(store, 'ls-2')).toEqual([100, 101, 102, 103, 104, 105]);
  });

  it('are simply dropped when nobody refers to them any more', async () => {
    const store = await fixture.open();
    await minutes(store, 2, ['fl-1']);
    store.expire('fl-1', 'FlowLogDeleted');
    expect(await store.compact(afterAnHour)).toMatchObject({ merged: 2, into: 0 });
    expect(await segmentFiles(fixture.directory)).toEqual([]);
  });
});

describe('what is left alone', () => {
  it('is the running hour, and whatever a flow log still waits for', async () => {
    const store = await fixture.open();
    store.reconcile([planned('ls-1')]);
    await minutes(store, 3, ['fl-1', 'held']);
    store.deliverNext('fl-1', 'ls-1');
    expect(await store.compact(afterAnHour)).toMatchObject({ merged: 0 });
    store.deliverNext('held', 'ls-1');
    expect(await store.compact({ olderThan: windowStart + 3_599 })).toMatchObject({ merged: 0 });
  });

  it('is a damaged segment, which is named', async () => {
    const store = await fixture.open();
    store.reconcile([planned('ls-1')]);
    await minutes(store, 3, ['fl-1']);
    store.deliverNext('fl-1', 'ls-1');
    const [first] = (await segmentFiles(fixture.directory)).sort();
    const bytes = await readFile(first!);
    bytes[20]! ^= 1;
    await writeFile(first!, bytes);
    const outcome = await store.compact(afterAnHour);
    expect(outcome).toMatchObject({ merged: 2, into: 1 });
    expect(outcome.damaged).toHaveLength(1);
    expect(first).toContain(outcome.damaged[0]);
  });
});

describe('a disk that fills up while merging', () => {
  it('leaves the sources as they were', async () => {
    let full = false;
    const store = await fixture.open({
      faults: (step) => {
        if (full && step === 'synced') throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
      },
    });
    store.reconcile([planned('ls-1')]);
    await store.writeSegment(batchOf([{ entry: traffic(), flowLogIds: ['fl-1'] }]));
    await store.writeSegment(batchOf([{ entry: traffic(), flowLogIds: ['fl-1'] }]));
    store.deliverNext('fl-1', 'ls-1');
    full = true;
    await expect(store.compact(afterAnHour)).rejects.toMatchObject({ name: 'StorageFull' });
    expect(await segmentFiles(fixture.directory)).toHaveLength(2);
    expect((await store.query('ls-1', everything)).count).toBe(2);
    full = false;
    expect(await store.compact(afterAnHour)).toMatchObject({ merged: 2, into: 1 });
  });
});
