import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { batchOf, entriesFor, everything, planned, StoreFixture } from '../testing/fixture';
import { segmentFiles } from '../testing/second-reader';
import { BackupTargetNotEmpty } from './backup';

const fixture = new StoreFixture();
afterEach(() => fixture.dispose());

const filled = async (segments: number) => {
  const store = await fixture.open();
  store.reconcile([planned('ls-1')]);
  for (let n = 0; n < segments; n++) await store.writeSegment(batchOf(entriesFor(['fl-1'], 20, n * 20)));
  return store;
};

describe('a sound store', () => {
  it('verifies, with progress', async () => {
    const store = await filled(3);
    const steps: [number, number][] = [];
    const result = await store.verify((checked, total) => steps.push([checked, total]));
    expect(result).toMatchObject({ segments: 3, problems: [], manifestProblems: [] });
    expect(steps).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
  });
});

describe('a damaged store', () => {
  it('names every segment that is missing, cut or changed in a single bit', async () => {
    const store = await filled(4);
    const files = (await segmentFiles(fixture.directory)).sort();
    await rm(files[0]!);
    await truncate(files[1]!, 100);
    const bytes = await readFile(files[2]!);
    bytes[50]! ^= 1;
    await writeFile(files[2]!, bytes);
    const { problems } = await store.verify();
    expect(problems.map(({ problem }) => problem)).toEqual(['Missing', 'WrongSize', 'WrongChecksum']);
  });
});

describe('a backup', () => {
  it('opens as a store with the same deliveries, although the original went on', async () => {
    const store = await filled(2);
    store.deliverNext('fl-1', 'ls-1', 1);
    const target = join(fixture.directory, 'backup');
    const [outcome] = await Promise.all([
      store.backupTo(target),
      store.writeSegment(batchOf(entriesFor(['fl-1'], 5))),
    ]);
    expect(outcome.segments).toBeGreaterThanOrEqual(2);
    store.reconcile([planned('ls-1', 30, true)]);
    store.expire('fl-1', 'FlowLogDeleted');
    await store.applyRetention();

    const copy = await fixture.open({ directory: target });
    expect(await copy.verify()).toMatchObject({ segments: outcome.segments, problems: [] });
    expect((await copy.query('ls-1', everything)).count).toBe(20);
    copy.deliverNext('fl-1', 'ls-1');
    expect((await copy.query('ls-1', everything)).count).toBeGreaterThanOrEqual(40);
  });

  it('does not write over anything', async () => {
    const store = await filled(1);
    await expect(store.backupTo(fixture.directory)).rejects.toBeInstanceOf(BackupTargetNotEmpty);
  });
});
