import { batchOf, entriesFor, everything, planned, StoreFixture } from '../testing/fixture';
import { segmentFiles } from '../testing/second-reader';
import { LogstoreNotFound } from './log-store.errors';

const fixture = new StoreFixture();
afterEach(() => fixture.dispose());

const DAY = 86_400;

describe('a logstore that keeps entries for three days', () => {
  it('counts from the receipt, whatever the entries say of themselves', async () => {
    const store = await fixture.open();
    store.reconcile([planned('ls-1', 3)]);
    await store.writeSegment(batchOf(entriesFor(['fl-1'], 2)));
    fixture.clock.advance(10 * DAY);
    store.deliverNext('fl-1', 'ls-1');
    fixture.clock.advance(3 * DAY - 1);
    expect(await store.applyRetention()).toEqual({ references: 0, segments: 0, bytes: 0 });
    fixture.clock.advance(1);
    expect(await store.applyRetention()).toMatchObject({ references: 1, segments: 1 });
    expect(await segmentFiles(fixture.directory)).toEqual([]);
    expect((await store.query('ls-1', everything)).count).toBe(0);
    expect(store.spool('fl-1')).toMatchObject({ deliveredEntries: 2, spooledEntries: 0 });
  });

  it('follows a changed ttl', async () => {
    const store = await fixture.open();
    store.reconcile([planned('ls-1', 3)]);
    await store.writeSegment(batchOf(entriesFor(['fl-1'], 2)));
    store.deliverNext('fl-1', 'ls-1');
    store.reconcile([planned('ls-1', 3_650)]);
    fixture.clock.advance(5_000 * DAY);
    expect(await store.applyRetention()).toMatchObject({ references: 0 });
    store.reconcile([planned('ls-1', 1)]);
    expect(await store.applyRetention()).toMatchObject({ references: 1, segments: 1 });
  });
});

describe('a segment that a held flow log waits for', () => {
  it('stays, however old the other references are', async () => {
    const store = await fixture.open();
    store.reconcile([planned('ls-1', 1)]);
    await store.writeSegment(batchOf(entriesFor(['fl-1', 'held'], 2)));
    store.deliverNext('fl-1', 'ls-1');
    fixture.clock.advance(2 * DAY);
    expect(await store.applyRetention()).toMatchObject({ references: 1, segments: 0 });
    expect(store.deliverNext('held', 'ls-1')).toMatchObject({ delivered: 2 });
  });
});

describe('a deleted logstore', () => {
  it('is gone for readers, and its name made again is empty', async () => {
    const store = await fixture.open();
    store.reconcile([planned('ls-1')]);
    await store.writeSegment(batchOf(entriesFor(['fl-1'], 2)));
    store.deliverNext('fl-1', 'ls-1');
    store.reconcile([planned('ls-1', 30, true), planned('ls-1-again')]);
    await expect(store.query('ls-1', everything)).rejects.toBeInstanceOf(LogstoreNotFound);
    expect((await store.query('ls-1-again', everything)).count).toBe(0);
  });

  it('stays deleted when a late plan still has it', async () => {
    const store = await fixture.open();
    store.reconcile([planned('ls-1', 30, true)]);
    store.reconcile([planned('ls-1')]);
    expect(store.deliverNext('fl-1', 'ls-1')).toHaveProperty('refused');
    await expect(store.query('ls-1', everything)).rejects.toBeInstanceOf(LogstoreNotFound);
  });

  it('is not what a plan means that leaves a logstore out', async () => {
    const store = await fixture.open();
    store.reconcile([planned('ls-1')]);
    await store.writeSegment(batchOf(entriesFor(['fl-1'], 2)));
    store.deliverNext('fl-1', 'ls-1');
    store.reconcile([]);
    expect((await store.query('ls-1', everything)).count).toBe(2);
  });
});

describe('a query that is under way', () => {
  it('keeps the files it reads', async () => {
    const store = await fixture.open();
    store.reconcile([planned('ls-1', 1)]);
    for (let n = 0; n < 20; n++) await store.writeSegment(batchOf(entriesFor(['fl-1'], 10)));
    store.deliverNext('fl-1', 'ls-1');
    fixture.clock.advance(2 * DAY);
    const [answer, removed] = await Promise.all([store.query('ls-1', everything), store.applyRetention()]);
    expect(answer.count).toBe(200);
    expect(removed).toMatchObject({ segments: 20 });
    expect(await segmentFiles(fixture.directory)).toEqual([]);
  });
});
