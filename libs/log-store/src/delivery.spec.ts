import { batchOf, entriesFor, everything, planned, StoreFixture, windowStart } from '../testing/fixture';
import { segmentFiles } from '../testing/second-reader';

const fixture = new StoreFixture();
afterEach(() => fixture.dispose());

describe('a flow log with three segments waiting', () => {
  const open = async () => {
    const store = await fixture.open();
    store.reconcile([planned('ls-1'), planned('ls-2')]);
    store.registerFlowLog('fl-1', '1000000000000001');
    for (const count of [1, 2, 3]) await store.writeSegment(batchOf(entriesFor(['fl-1'], count)));
    return store;
  };

  it('delivers them in order, as many as asked, each once', async () => {
    const store = await open();
    expect(store.deliverNext('fl-1', 'ls-1', 2)).toEqual({ delivered: 3, segments: 2, more: true });
    expect((await store.query('ls-1', everything)).count).toBe(3);
    expect(store.deliverNext('fl-1', 'ls-1')).toEqual({ delivered: 3, segments: 1, more: false });
    expect(store.deliverNext('fl-1', 'ls-1')).toEqual({ delivered: 0, segments: 0, more: false });
    expect((await store.query('ls-1', everything)).count).toBe(6);
  });

  it('shows what waits, and from when', async () => {
    const store = await open();
    const gauges = store.spool('fl-1');
    expect(gauges).toMatchObject({ storedEntries: 6, spooledEntries: 6, deliveredEntries: 0, expired: {} });
    expect(gauges.oldestWindow).toBe(new Date(windowStart * 1000).toISOString());
    const { bytes } = await store.usage();
    expect(gauges.spooledBytes).toBeGreaterThan(0);
    expect(gauges.spooledBytes).toBeLessThan(bytes);
    store.deliverNext('fl-1', 'ls-1');
    expect(store.spool('fl-1')).toMatchObject({ spooledBytes: 0, oldestWindow: null, deliveredEntries: 6 });
  });

  it('keeps its cursor over a restart', async () => {
    const store = await open();
    store.deliverNext('fl-1', 'ls-1', 1);
    await store.close();
    const again = await fixture.open();
    expect(again.deliverNext('fl-1', 'ls-1')).toEqual({ delivered: 5, segments: 2, more: false });
  });

  it('has one cursor, so that another logstore gets only what follows', async () => {
    const store = await open();
    store.deliverNext('fl-1', 'ls-1', 2);
    store.deliverNext('fl-1', 'ls-2');
    expect((await store.query('ls-2', everything)).count).toBe(3);
  });

  it('is refused by a logstore that is unknown, deleted or of another account', async () => {
    const store = await open();
    store.reconcile([planned('ls-1', 30, true), { ...planned('ls-3'), accountId: '2000000000000002' }]);
    for (const id of ['nowhere', 'ls-1', 'ls-3'])
      expect(store.deliverNext('fl-1', id)).toEqual({ refused: 'LogstoreNotExist' });
    expect(store.deliverNext('fl-9', 'ls-2')).toEqual({ refused: 'FlowLogNotRegistered' });
    expect(store.spool('fl-1').spooledEntries).toBe(6);
  });

  it('gives all up when it is deleted, with the reason', async () => {
    const store = await open();
    store.deliverNext('fl-1', 'ls-1', 1);
    expect(store.expire('fl-1', 'FlowLogDeleted')).toBe(5);
    expect(store.spool('fl-1')).toMatchObject({ spooledEntries: 0, expired: { FlowLogDeleted: 5 } });
    expect(store.deliverNext('fl-1', 'ls-1')).toEqual({ delivered: 0, segments: 0, more: false });
  });
});

describe('two flow logs over the same entries', () => {
  const open = async () => {
    const store = await fixture.open();
    store.reconcile([planned('ls-1'), planned('ls-2')]);
    await store.writeSegment(batchOf([...entriesFor(['fl-1', 'fl-2'], 3), ...entriesFor(['fl-2'], 1, 50)]));
    return store;
  };

  it('give each row twice in one logstore, and once in its own', async () => {
    const store = await open();
    store.deliverMany([
      { flowLogId: 'fl-1', logstoreId: 'ls-1' },
      { flowLogId: 'fl-2', logstoreId: 'ls-1' },
    ]);
    const { entries } = await store.query('ls-1', everything);
    expect(entries.map(({ srcport }) => srcport)).toEqual(['1', '1', '2', '2', '3', '3', '50']);
  });

  it('share one file: what one delivers, the other may still hold', async () => {
    const store = await open();
    store.deliverNext('fl-1', 'ls-1');
    store.reconcile([planned('ls-1', 30, true)]);
    await store.applyRetention();
    expect(await segmentFiles(fixture.directory)).toHaveLength(1);
    expect(store.deliverNext('fl-2', 'ls-2')).toMatchObject({ delivered: 4 });
    expect((await store.query('ls-2', everything)).count).toBe(4);
  });
});

describe('a flow log that is registered late', () => {
  it('begins after the segments that were there, and registering again changes nothing', async () => {
    const store = await fixture.open();
    store.reconcile([planned('ls-1')]);
    await store.writeSegment(batchOf(entriesFor(['fl-1'], 2)));
    store.registerFlowLog('fl-2', '1000000000000001');
    await store.writeSegment(batchOf(entriesFor(['fl-2'], 3)));
    store.registerFlowLog('fl-2', '1000000000000001');
    expect(store.deliverNext('fl-2', 'ls-1')).toEqual({ delivered: 3, segments: 1, more: false });
  });
});
