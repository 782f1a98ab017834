import { batchOf, entriesFor, planned, StoreFixture } from '../testing/fixture';

const fixture = new StoreFixture();
afterEach(() => fixture.dispose());

describe('a spool of at most one hour', () => {
  it('counts what is older as expired, flow log by flow log', async () => {
    const store = await fixture.open({ limits: { spoolBytes: 1e9, spoolAgeSeconds: 3_600 } });
    store.reconcile([planned('ls-1')]);
    await store.writeSegment(batchOf([...entriesFor(['fl-1', 'fl-2'], 2), ...entriesFor(['fl-2'], 1)]));
    fixture.clock.advance(3_000);
    await store.writeSegment(batchOf(entriesFor(['fl-1', 'fl-2'], 5)));
    expect(store.enforceSpoolBounds()).toEqual([]);
    fixture.clock.advance(1_000);
    expect(store.enforceSpoolBounds()).toEqual([
      { flowLogId: 'fl-1', reason: 'SpoolAge', entries: 2 },
      { flowLogId: 'fl-2', reason: 'SpoolAge', entries: 3 },
    ]);
    expect(store.deliverNext('fl-2', 'ls-1')).toEqual({ delivered: 5, segments: 1, more: false });
  });
});

describe('a spool that holds two segments', () => {
  it('lets the oldest go first, and frees their files', async () => {
    const probe = await fixture.open();
    const { bytes } = await probe.writeSegment(batchOf(entriesFor(['fl-0'], 4)));
    await fixture.dispose();

    const store = await fixture.open({ limits: { spoolBytes: bytes * 2.5, spoolAgeSeconds: 1e9 } });
    for (let n = 0; n < 5; n++) await store.writeSegment(batchOf(entriesFor(['fl-1'], 4)));
    expect(store.enforceSpoolBounds()).toEqual([{ flowLogId: 'fl-1', reason: 'SpoolSize', entries: 12 }]);
    expect(store.spool('fl-1')).toMatchObject({ spooledEntries: 8, expired: { SpoolSize: 12 } });
    expect(await store.applyRetention()).toMatchObject({ segments: 3 });
    expect(store.enforceSpoolBounds()).toEqual([]);
  });

  it('does not count what was delivered', async () => {
    const store = await fixture.open({ limits: { spoolBytes: 1, spoolAgeSeconds: 1e9 } });
    store.reconcile([planned('ls-1')]);
    await store.writeSegment(batchOf(entriesFor(['fl-1'], 4)));
    store.deliverNext('fl-1', 'ls-1');
    expect(store.enforceSpoolBounds()).toEqual([]);
  });
});
