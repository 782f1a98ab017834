import { Clock } from '@flowledger/event-sourcing';
import type { GapEntry, TrafficEntry } from '@flowledger/flow-record';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedLogStore } from '../src/embedded-log-store';
import type { EmbeddedLogStoreOptions } from '../src/embedded-log-store';
import type { SegmentBatch, SegmentEntry } from '../src/segment-batch';

export const account = '1000000000000001';
/** 2024-07-12T12:00:00Z. */
export const windowStart = 1_720_785_600;

export class HeldClock extends Clock {
  milliseconds = (windowStart + 60) * 1000;

  epochMilliseconds(): number {
    return this.milliseconds;
  }

  advance(seconds: number): void {
    this.milliseconds += seconds * 1000;
  }
}

const at = {
  accountId: account,
  regionId: 'cn-hangzhou',
  networkInterfaceId: 'eni-1',
  instanceId: 'i-1',
  vSwitchId: 'vsw-1',
  vpcId: 'vpc-1',
};

export function traffic(changes: Partial<TrafficEntry> = {}): TrafficEntry {
  return {
    ...at,
    logStatus: 'OK',
    type: 'IPv4',
    protocol: 6,
    srcaddr: '10.0.0.1',
    srcport: 40_000,
    dstaddr: '10.0.0.2',
    dstport: 443,
    direction: 'out',
    action: 'ACCEPT',
    packets: 10,
    bytes: 1_500,
    start: windowStart,
    end: windowStart + 60,
    tcpFlags: 18,
    trafficPath: 2,
    ...changes,
  };
}

export function gap(changes: Partial<GapEntry> = {}): GapEntry {
  return { ...at, logStatus: 'NODATA', start: windowStart, end: windowStart + 60, ...changes };
}

/** Entries that differ in their source port, so that each can be told from the others. */
export function entriesFor(flowLogIds: readonly string[], count: number, from = 1): SegmentEntry[] {
  return Array.from({ length: count }, (_, index) => ({
    entry: traffic({ srcport: from + index }),
    flowLogIds,
  }));
}

export function batchOf(entries: readonly SegmentEntry[], changes: Partial<SegmentBatch> = {}): SegmentBatch {
  const counts = { observed: entries.length, filtered: 0, aggregated: entries.length, skipped: {} };
  return { accountId: account, planVersion: 1, entries, counts, ...changes };
}

export function planned(logstoreId: string, ttlDays = 30, deleted = false) {
  return { logstoreId, accountId: account, ttlDays, deleted };
}

export const everything = { from: 0, to: 4_000_000_000, limit: 1_000 };

/** One directory for the test file: opens, reopens and removes stores in it. */
export class StoreFixture {
  clock = new HeldClock();
  directory = '';
  private stores: EmbeddedLogStore[] = [];

  async open(options: Partial<EmbeddedLogStoreOptions> = {}): Promise<EmbeddedLogStore> {
    if (!this.directory) this.directory = await mkdtemp(join(tmpdir(), 'log-store-'));
    const limits = { spoolBytes: 1e9, spoolAgeSeconds: 7 * 86_400 };
    const { directory, clock } = this;
    const store = await EmbeddedLogStore.open({ directory, clock, limits, ...options });
    this.stores.push(store);
    return store;
  }

  async dispose(): Promise<void> {
    for (const store of this.stores) await store.close();
    if (this.directory) await rm(this.directory, { recursive: true });
    this.stores = [];
    this.directory = '';
    this.clock = new HeldClock();
  }
}
