import { toFields } from '@flowledger/flow-record';
import { rm } from 'node:fs/promises';
import {
  batchOf,
  entriesFor,
  everything,
  gap,
  planned,
  StoreFixture,
  traffic,
  windowStart,
} from '../testing/fixture';
import { segmentFiles } from '../testing/second-reader';
import { SegmentDamaged } from './log-store.errors';
import { parseQuery } from './parse-query';
import type { SegmentEntry } from './segment-batch';

const fixture = new StoreFixture();
afterEach(() => fixture.dispose());

const stored = async (...batches: SegmentEntry[][]) => {
  const store = await fixture.open();
  store.reconcile([planned('ls-1')]);
  for (const entries of batches) await store.writeSegment(batchOf(entries));
  store.deliverNext('fl-1', 'ls-1');
  return store;
};

describe('a logstore with entries', () => {
  it('gives every field as it was written', async () => {
    const originals = [
      traffic(),
      traffic({ type: 'IPv6', srcaddr: '2001:db8::1', dstaddr: 'fe80::1', instanceId: '', direction: 'in' }),
      traffic({
        protocol: 17,
        tcpFlags: 0,
        bytes: 2 ** 52,
        packets: 2 ** 40,
        action: 'REJECT',
        trafficPath: 15,
      }),
      gap(),
      gap({ logStatus: 'SKIPDATA', reason: 'overload' }),
    ];
    const store = await stored(originals.map((entry) => ({ entry, flowLogIds: ['fl-1'] })));
    expect(await store.query('ls-1', everything)).toEqual({
      progress: 'Complete',
      count: 5,
      entries: originals.map(toFields),
    });
  });

  it('finds by __time__, the start inclusive and the end exclusive', async () => {
    const store = await stored(
      [0, 60, 120].map((second) => ({
        entry: traffic({ start: windowStart + second }),
        flowLogIds: ['fl-1'],
      })),
    );
    const { entries } = await store.query('ls-1', { from: windowStart, to: windowStart + 120 });
    expect(entries.map(({ __time__ }) => Number(__time__) - windowStart)).toEqual([0, 60]);
  });

  it('pages without repeating or missing one, both ways, also over segments and equal times', async () => {
    const store = await stored(entriesFor(['fl-1'], 7), entriesFor(['fl-1'], 6, 100));
    const pages = async (reverse: boolean) => {
      const ports: string[] = [];
      for (let offset = 0; offset < 15; offset += 5)
        ports.push(
          ...(await store.query('ls-1', { ...everything, offset, limit: 5, reverse })).entries.map(
            (e) => e.srcport,
          ),
        );
      return ports;
    };
    const ascending = [1, 2, 3, 4, 5, 6, 7, 100, 101, 102, 103, 104, 105].map(String);
    expect(await pages(false)).toEqual(ascending);
    expect(await pages(true)).toEqual(ascending.reverse());
  });

  it.each([
    ['srcport:2', 1],
    ['srcport:02', 0],
    ['eni-id:eni-1', 4],
    ['eni-id:"eni-1" and log-status:NODATA', 1],
    ['srcaddr:-', 1],
    ['srcaddr:"10.0.0.1\' OR 1=1 --"', 0],
    ['version:1', 4],
    ['version:2', 0],
    [`__time__:${windowStart}`, 4],
    ['bytes:1500 and action:ACCEPT and dstaddr:10.0.0.2', 3],
    ['bytes:99999999999999999999', 0],
    ['*', 4],
  ])('%s matches %i', async (text, count) => {
    const store = await stored([...entriesFor(['fl-1'], 3), { entry: gap(), flowLogIds: ['fl-1'] }]);
    expect((await store.query('ls-1', { ...everything, conditions: parseQuery(text) })).count).toBe(count);
  });

  it('does not open segments outside the range', async () => {
    const store = await stored(
      [{ entry: traffic({ srcport: 1 }), flowLogIds: ['fl-1'] }],
      [{ entry: traffic({ srcport: 2, start: windowStart + 600 }), flowLogIds: ['fl-1'] }],
    );
    await rm((await segmentFiles(fixture.directory)).find((file) => file.includes('-2.parquet'))!);
    expect((await store.query('ls-1', { from: windowStart, to: windowStart + 600 })).count).toBe(1);
    await expect(store.query('ls-1', everything)).rejects.toBeInstanceOf(SegmentDamaged);
  });
});
