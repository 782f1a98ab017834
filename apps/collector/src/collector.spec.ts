import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Clock, StorageFull } from '@flowledger/event-sourcing';
import { EmbeddedLogStore } from '@flowledger/log-store';
import { Collector } from './collector';
import type { DeliveryReport } from './delivery-reports';
import { account, delivery, observed, plannedInterface, planOf } from './testing/traffic';

class HeldClock extends Clock {
  constructor(public seconds: number) {
    super();
  }
  epochMilliseconds(): number {
    return this.seconds * 1000;
  }
}

const minute = 1_720_775_400;
const eni = plannedInterface('eni-1', '10.0.0.1');
const stranger = plannedInterface('eni-2', '10.0.0.2', '2000000000000002');

describe('a collector', () => {
  let directory: string;
  let clock: HeldClock;
  let logStore: EmbeddedLogStore;
  let reported: DeliveryReport[];
  let collector: Collector;
  const failures: unknown[] = [];
  const opened = () =>
    EmbeddedLogStore.open({ directory, clock, limits: { spoolBytes: 2 ** 30, spoolAgeSeconds: 604_800 } });
  const onStore = (store: EmbeddedLogStore) =>
    new Collector({
      logStore: store,
      clock,
      accountId: account,
      reports: { report: async (report) => void reported.push(report) },
      onFailure: (_, error) => failures.push(error),
    });
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'collector-'));
    clock = new HeldClock(minute);
    logStore = await opened();
    reported = [];
    failures.length = 0;
    collector = onStore(logStore);
  });
  afterEach(async () => {
    await logStore.close();
    rmSync(directory, { recursive: true });
  });
  const closeMinute = async () => {
    collector.observe(observed(clock.seconds));
    clock.seconds += 70;
    await collector.turn();
  };
  const outcomes = () => reported.map(({ outcome }) => outcome);

  it('delivers what it observed, and reports it once', async () => {
    await collector.applyPlan(planOf([eni], [delivery('deliver')]));
    await closeMinute();
    await closeMinute();
    expect(logStore.spool('fl-1')).toMatchObject({ spooledEntries: 0 });
    expect(logStore.spool('fl-1').deliveredEntries).toBeGreaterThan(1);
    expect(outcomes()).toEqual(['delivering']);
  });

  it('holds entries without moving, reports a missing target once, and gives them up when discarded', async () => {
    await collector.applyPlan(planOf([eni], [delivery('hold', null)]));
    await closeMinute();
    const { spooledEntries } = logStore.spool('fl-1');
    expect(spooledEntries).toBeGreaterThan(0);
    await collector.applyPlan(planOf([eni], [delivery('deliver')], true));
    await closeMinute();
    await closeMinute();
    expect(outcomes()).toEqual(['target-missing']);
    expect(logStore.spool('fl-1').spooledEntries).toBeGreaterThan(spooledEntries);
    await collector.applyPlan(planOf([], [delivery('discard', null)]));
    await collector.turn();
    expect(logStore.spool('fl-1').spooledEntries).toBe(0);
    expect(logStore.spool('fl-1').expired.FlowLogDeleted).toBeGreaterThan(0);
  });

  it('reports once that a flow log is drained', async () => {
    await collector.applyPlan(planOf([eni], [delivery('hold', null)]));
    await closeMinute();
    await collector.applyPlan(planOf([], [delivery('drain')]));
    await collector.turn();
    await collector.turn();
    expect(outcomes()).toEqual(['drained']);
    expect(logStore.spool('fl-1').spooledEntries).toBe(0);
  });

  it('keeps what found no room, and stores it later', async () => {
    const write = logStore.writeSegment.bind(logStore);
    logStore.writeSegment = async () => Promise.reject(new StorageFull('the spool'));
    await collector.applyPlan(planOf([eni], [delivery('deliver')]));
    await closeMinute();
    expect(collector.unwrittenEntries).toBeGreaterThan(0);
    expect(failures[0]).toBeInstanceOf(StorageFull);
    const kept = collector.unwrittenEntries;
    logStore.writeSegment = write;
    await collector.turn();
    expect(collector.unwrittenEntries).toBe(0);
    expect(logStore.spool('fl-1').deliveredEntries).toBe(kept);
  });

  it('tells of the windows that an unclean end left open, once for each account', async () => {
    await collector.applyPlan(planOf([eni, stranger], [delivery('deliver')]));
    await logStore.close();
    clock.seconds += 600;
    logStore = await opened();
    expect(logStore.takeUnfinishedWindows()).toHaveLength(2);
    collector = onStore(logStore);
    await collector.applyPlan(planOf([eni, stranger], [delivery('deliver')]));
    await collector.turn();
    expect(logStore.takeUnfinishedWindows()).toEqual([]);
    await collector.stop();
    const { entries } = await logStore
      .query('ls-1', { from: minute - 60, to: minute + 3600, limit: 100 })
      .then((result) => ({ entries: JSON.stringify(result) }));
    expect(entries.match(/SKIPDATA/g)).not.toBeNull();
  });

  it('marks open windows only when they have changed', async () => {
    let marked = 0;
    const mark = logStore.markLive.bind(logStore);
    logStore.markLive = (windows) => {
      marked++;
      mark(windows);
    };
    await collector.applyPlan(planOf([eni], [delivery('deliver')]));
    await collector.turn();
    await collector.turn();
    expect(marked).toBe(1);
    clock.seconds += 60;
    await collector.turn();
    expect(marked).toBe(2);
  });
});
