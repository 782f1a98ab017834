import Database from 'libsql';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { account, batchOf, entriesFor, planned, StoreFixture, windowStart } from '../testing/fixture';
import { segmentFiles } from '../testing/second-reader';
import { LogStoreClosed, LogStoreLocked, UnsupportedFormat } from './log-store.errors';

const fixture = new StoreFixture();
afterEach(() => fixture.dispose());

describe('a directory in use', () => {
  it('refuses a second owner, and is free again after close', async () => {
    const first = await fixture.open();
    await expect(fixture.open()).rejects.toBeInstanceOf(LogStoreLocked);
    await first.close();
    await expect(fixture.open()).resolves.toBeDefined();
  });

  it('is handed over when the owner lets go within the two seconds', async () => {
    const first = await fixture.open();
    const second = fixture.open();
    await first.close();
    await expect(second).resolves.toBeDefined();
  });

  it('belongs to its owner alone', async () => {
    await fixture.open({ directory: join((await fixture.open(), fixture.directory), 'nested') });
    expect((await stat(join(fixture.directory, 'nested'))).mode & 0o777).toBe(0o700);
  });
});

describe('a directory of a newer release', () => {
  it('is refused and left alone', async () => {
    await (await fixture.open()).close();
    const manifest = new Database(join(fixture.directory, 'log-store.db'));
    manifest.exec('PRAGMA user_version = 99');
    manifest.close();
    await expect(fixture.open()).rejects.toBeInstanceOf(UnsupportedFormat);
    await expect(fixture.open()).rejects.toMatchObject({ found: 99 });
  });

  it('has segments that a query refuses to guess at', async () => {
    const store = await fixture.open();
    store.reconcile([planned('ls-1')]);
    await store.writeSegment(batchOf(entriesFor(['fl-1'], 1)));
    store.deliverNext('fl-1', 'ls-1');
    await store.close();
    const manifest = new Database(join(fixture.directory, 'log-store.db'));
    manifest.exec('UPDATE segment SET format_version = 2');
    manifest.close();
    const again = await fixture.open();
    await expect(again.query('ls-1', { from: 0, to: 2 * windowStart })).rejects.toBeInstanceOf(
      UnsupportedFormat,
    );
  });
});

describe('files that a crash left behind', () => {
  it('are swept at the next start, and counted', async () => {
    const store = await fixture.open();
    await store.writeSegment(batchOf(entriesFor(['fl-1'], 1)));
    await store.close();
    const kept = await segmentFiles(fixture.directory);
    const folder = join(fixture.directory, 'segments', account);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, '1-9.parquet'), 'whole');
    await writeFile(join(folder, '1-10.parquet.tmp'), 'half');
    const again = await fixture.open();
    expect(again.swept).toEqual({ files: 2, bytes: 9 });
    expect(await segmentFiles(fixture.directory)).toEqual(kept);
  });
});

describe('a closed store', () => {
  it('has finished what was begun, and takes no more', async () => {
    const store = await fixture.open();
    const begun = store.writeSegment(batchOf(entriesFor(['fl-1'], 10)));
    await store.close();
    await expect(begun).resolves.toMatchObject({ entries: 10 });
    await expect(store.writeSegment(batchOf([]))).rejects.toBeInstanceOf(LogStoreClosed);
    expect(() => store.spool('fl-1')).toThrow(LogStoreClosed);
    await store.close();
  });
});

describe('windows that are open', () => {
  const window = (networkInterfaceId: string, start: number) => ({
    accountId: account,
    networkInterfaceId,
    windowStart: start,
    windowEnd: start + 60,
  });

  it('are told of after an unclean end, until a batch settles them', async () => {
    const first = await fixture.open();
    first.markLive([window('eni-1', windowStart), window('eni-2', windowStart)]);
    first.markLive([window('eni-1', windowStart + 60)]);
    expect(first.takeUnfinishedWindows()).toEqual([]);
    await first.close();

    const second = await fixture.open();
    const unfinished = [window('eni-1', windowStart + 60), window('eni-2', windowStart)];
    expect(second.takeUnfinishedWindows()).toEqual(unfinished);
    second.markLive([window('eni-1', windowStart + 600)]);
    expect(second.takeUnfinishedWindows()).toEqual(unfinished);
    await second.writeSegment(batchOf(entriesFor(['fl-1'], 1), { settlesUnfinishedWindows: true }));
    expect(second.takeUnfinishedWindows()).toEqual([]);
  });

  it('are forgotten by a clean stop', async () => {
    const first = await fixture.open();
    first.markLive([window('eni-1', windowStart)]);
    first.markClean();
    await first.close();
    expect((await fixture.open()).takeUnfinishedWindows()).toEqual([]);
  });
});

describe('the disk that is left', () => {
  it('is unknown until an hour has passed, then follows the last hour', async () => {
    const store = await fixture.open();
    await store.writeSegment(batchOf(entriesFor(['fl-1'], 1)));
    expect(await store.usage()).toMatchObject({ segments: 1, daysOfDiskLeft: null });
    fixture.clock.advance(3_600);
    await store.writeSegment(batchOf(entriesFor(['fl-1'], 1)));
    const { bytes, daysOfDiskLeft } = await store.usage();
    expect(bytes).toBeGreaterThan(0);
    expect(daysOfDiskLeft).toBeGreaterThan(0);
  });
});
