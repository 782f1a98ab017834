import { StorageFull } from '@flowledger/event-sourcing';
import { stat } from 'node:fs/promises';
import {
  account,
  batchOf,
  entriesFor,
  everything,
  gap,
  planned,
  StoreFixture,
  traffic,
} from '../testing/fixture';
import { readableCompression, readParquet, segmentFiles } from '../testing/second-reader';
import type { WriteStep } from './segment-files';

const fixture = new StoreFixture();
afterEach(() => fixture.dispose());

const enospc = () => Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });

describe('a written segment', () => {
  it('is one file an account and batch, which a second reader understands', async () => {
    const store = await fixture.open({ compression: readableCompression });
    const entries = [
      ...entriesFor(['fl-1'], 3),
      ...entriesFor(['fl-2', 'fl-1'], 2, 100),
      { entry: traffic({ srcport: 200 }), flowLogIds: [] },
      { entry: gap({ logStatus: 'SKIPDATA', reason: 'table-full' }), flowLogIds: ['fl-2'] },
    ];
    const info = await store.writeSegment(batchOf(entries, { planVersion: 7 }));
    expect(info).toMatchObject({
      segmentId: 1,
      planVersion: 7,
      entries: 6,
      unassigned: 1,
      entriesByFlowLog: { 'fl-1': 5, 'fl-2': 3 },
    });

    const files = await segmentFiles(fixture.directory);
    expect(files).toHaveLength(1);
    expect((await stat(files[0]!)).size).toBe(info.bytes);
    const { rows, flowledger } = await readParquet(files[0]!);
    expect(flowledger).toEqual({
      formatVersion: 1,
      accountId: account,
      planVersion: 7,
      membershipSets: [['fl-1'], ['fl-1', 'fl-2'], ['fl-2']],
    });
    const ofFlowLog = (id: string) =>
      rows.filter((row) => flowledger.membershipSets[row.membership as number]!.includes(id));
    expect(ofFlowLog('fl-1').map((row) => row.srcport)).toEqual([1, 2, 3, 100, 101]);
    expect(ofFlowLog('fl-2')).toHaveLength(3);
    expect(rows.reduce((sum, row) => sum + ((row.bytes as bigint | null) ?? 0n), 0n)).toBe(7_500n);
    expect(rows.find((row) => row.log_status === 'SKIPDATA')).toMatchObject({
      reason: 'table-full',
      srcaddr: null,
    });
  });

  it('numbers rows over the whole store', async () => {
    const store = await fixture.open({ compression: readableCompression });
    await store.writeSegment(batchOf(entriesFor(['fl-1'], 5_000)));
    await store.writeSegment(batchOf(entriesFor(['fl-1'], 2)));
    const readings = await Promise.all((await segmentFiles(fixture.directory)).map(readParquet));
    const numbers = readings.flatMap(({ rows }) => rows.map((row) => Number(row.seq)));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 5_002 }, (_, index) => index + 1));
  });

  it('lies in directories that nobody else can enter', async () => {
    const store = await fixture.open();
    await store.writeSegment(batchOf(entriesFor(['fl-1'], 1)));
    const [file] = await segmentFiles(fixture.directory);
    expect((await stat(`${fixture.directory}/segments/${account}`)).mode & 0o777).toBe(0o700);
    expect((await stat(file!)).mode & 0o777).toBe(0o600);
  });

  it('has no file when no entry belongs to a flow log, but its counts are kept', async () => {
    const store = await fixture.open();
    const counts = { observed: 9, filtered: 3, aggregated: 4, skipped: { 'no-interface': 2 } };
    const info = await store.writeSegment(batchOf(entriesFor([], 4), { counts }));
    expect(info).toMatchObject({ segmentId: null, entries: 0, bytes: 0, unassigned: 4 });
    expect(await segmentFiles(fixture.directory)).toEqual([]);
    expect(store.ledger(everything)).toEqual({
      ...counts,
      batches: 1,
      storedEntries: 0,
      unassignedEntries: 4,
    });
  });
});

describe('a batch that must not be stored', () => {
  it.each([
    ['of another account', { accountId: '2000000000000002' }],
    ['whose account is a path', { accountId: '../elsewhere' }],
  ])('%s is refused and leaves nothing', async (_, changes) => {
    const store = await fixture.open();
    await expect(store.writeSegment(batchOf(entriesFor(['fl-1'], 1), changes))).rejects.toThrow(
      'cannot be stored',
    );
    expect(await segmentFiles(fixture.directory)).toEqual([]);
  });
});

describe('a full disk', () => {
  it.each<WriteStep>(['copied', 'synced', 'renamed'])(
    'at step "%s" leaves no half segment',
    async (failing) => {
      let full = true;
      const store = await fixture.open({
        faults: (step) => {
          if (full && step === failing) throw enospc();
        },
      });
      store.reconcile([planned('ls-1')]);
      await expect(store.writeSegment(batchOf(entriesFor(['fl-1'], 3)))).rejects.toBeInstanceOf(StorageFull);
      expect(await segmentFiles(fixture.directory)).toEqual([]);
      expect(store.spool('fl-1').storedEntries).toBe(0);
      expect(store.ledger(everything).batches).toBe(0);

      full = false;
      await store.writeSegment(batchOf(entriesFor(['fl-1'], 3)));
      expect(store.deliverNext('fl-1', 'ls-1')).toEqual({ delivered: 3, segments: 1, more: false });
    },
  );

  it('in the manifest refuses with the same error and changes nothing', async () => {
    const store = await fixture.open({ maxPages: 40 });
    store.reconcile([planned('ls-1')]);
    let written = 0;
    const fill = async () => {
      for (; written < 500; written++)
        await store.writeSegment(batchOf(entriesFor([`fl-${written}-${'x'.repeat(900)}`], 1)));
    };
    await expect(fill()).rejects.toBeInstanceOf(StorageFull);
    expect(written).toBeGreaterThan(0);
    expect(await segmentFiles(fixture.directory)).toHaveLength(written);
    expect(store.ledger(everything).batches).toBe(written);
  });
});

describe('a batch with a name', () => {
  it('is written once, also after a restart, and answers what was written', async () => {
    const before = await fixture.open();
    const batch = { ...batchOf(entriesFor(['fl-1'], 3)), name: 'import-1' };
    const written = await before.writeSegment(batch);
    expect(await before.writeSegment(batch)).toEqual(written);
    await before.close();

    const after = await fixture.open();
    expect(await after.writeSegment(batch)).toEqual(written);
    expect(await segmentFiles(fixture.directory)).toHaveLength(1);
    expect(after.spool('fl-1').storedEntries).toBe(3);
  });
});
