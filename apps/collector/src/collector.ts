import { WindowAggregator, windowAt } from '@flowledger/aggregation';
import type { ClosedWindow } from '@flowledger/aggregation';
import type { Clock } from '@flowledger/event-sourcing';
import type { CollectionPlan, Observation } from '@flowledger/flow-record';
import type { LiveWindow, LogStore, SegmentBatch, UnfinishedWindow } from '@flowledger/log-store';
import { Deliverer } from './deliverer';
import type { DeliveryReports } from './delivery-reports';
import { segmentBatches, skippedPackets, skippedSince } from './segment-batches';
import type { SkippedPackets } from './segment-batches';

export interface CollectorOptions {
  readonly logStore: LogStore;
  readonly reports: DeliveryReports;
  readonly clock: Clock;
  /** Account that packets without an interface are counted with. */
  readonly accountId: string;
  readonly onFailure?: (what: string, error: unknown) => void;
}

const nothing: CollectionPlan = { version: 0, position: '0', interfaces: [], deliveries: [], logstores: [] };

/** The data plane in one object, a straight pipe: observe → windows → segments → delivery. */
export class Collector {
  readonly deliverer: Deliverer;
  private readonly live: WindowAggregator;
  private skipped: SkippedPackets = {};
  /** Closed windows that could not be written yet: storing them is tried again. */
  private unwritten: SegmentBatch[] = [];
  /** By account: windows of the last, unclean end whose SKIPDATA entries have not been closed yet. */
  private readonly unsettled = new Map<string, UnfinishedWindow[]>();
  private inTurn: Promise<unknown> = Promise.resolve();
  /** Start of the window that the log store knows to be open, by account and interface. */
  private readonly marked = new Map<string, number>();
  plan = nothing;

  constructor(private readonly options: CollectorOptions) {
    this.deliverer = new Deliverer(options.logStore, options.reports);
    this.live = new WindowAggregator([], { mode: { kind: 'live', since: this.now() } });
  }

  /** Resolving is the acknowledgement: from here on the plan is what is collected and delivered. */
  async applyPlan(plan: CollectionPlan): Promise<void> {
    const first = this.plan === nothing;
    this.options.logStore.reconcile(plan.logstores);
    this.deliverer.take(plan.deliveries);
    this.live.replan(plan.interfaces);
    this.plan = plan;
    if (first) this.tellOfUnfinishedWindows();
    this.markLive();
  }

  observe(observation: Observation, networkInterfaceId?: string): void {
    this.live.observe(observation, networkInterfaceId);
  }

  /** Observed and skipped packets of live collection since the start. */
  get counts(): { readonly observed: number; readonly skipped: SkippedPackets } {
    return { observed: this.live.observed.packets, skipped: skippedPackets(this.live.skipped) };
  }

  get unwrittenEntries(): number {
    return this.unwritten.reduce((sum, { entries }) => sum + entries.length, 0);
  }

  /** Closes what is due, stores it and delivers it. Called about once a second. */
  turn(): Promise<void> {
    return this.serially(async () => {
      await this.store(this.live.closeUpTo(this.now()));
      this.markLive();
      await this.deliverer.run();
    });
  }

  /** Applies spool bounds and retention. Called about once a minute. */
  async housekeeping(): Promise<void> {
    this.options.logStore.enforceSpoolBounds();
    await this.options.logStore.applyRetention();
  }

  /**
   * Stores windows that an import closed; resolves with the entries stored, which cannot be lost any more. The same
   * `importId` again stores nothing and resolves with what was stored then. @throws StorageFull
   */
  storeImported(
    closed: readonly ClosedWindow[],
    skipped: SkippedPackets,
    importId?: string,
  ): Promise<number> {
    const { accountId } = this.options;
    return this.serially(async () => {
      let entries = 0;
      for (const batch of segmentBatches(closed, this.plan.version, skipped, accountId)) {
        entries += await this.write({ ...batch, ...(importId !== undefined && { name: importId }) });
      }
      return entries;
    });
  }

  /** A clean stop: part-windows go into the spool (DD-26). */
  stop(): Promise<void> {
    return this.serially(async () => {
      await this.store(this.live.closeAll());
      if (this.unwritten.length === 0) this.options.logStore.markClean();
    });
  }

  private async store(closed: readonly ClosedWindow[]): Promise<void> {
    const now = skippedPackets(this.live.skipped);
    const batches = segmentBatches(
      closed,
      this.plan.version,
      skippedSince(this.skipped, now),
      this.options.accountId,
    );
    this.skipped = now;
    this.unwritten.push(...batches.map((batch) => this.settling(batch, closed)));
    try {
      for (let batch = this.unwritten[0]; batch; batch = this.unwritten[0]) {
        await this.write(batch);
        this.unwritten.shift();
      }
    } catch (error) {
      this.options.onFailure?.('storing closed windows', error);
    }
  }

  private async write(batch: SegmentBatch): Promise<number> {
    const { entries, entriesByFlowLog } = await this.options.logStore.writeSegment(batch);
    this.deliverer.stored(Object.keys(entriesByFlowLog));
    return entries;
  }

  /** After an unclean end each window that was open gets its SKIPDATA entry (DD-26). */
  private tellOfUnfinishedWindows(): void {
    for (const window of this.options.logStore.takeUnfinishedWindows()) {
      const told = this.live.skipData(window.networkInterfaceId, window.windowStart, 'unclean-stop');
      const before = this.unsettled.get(window.accountId) ?? [];
      this.unsettled.set(window.accountId, told ? [...before, window] : before);
    }
  }

  /** The batch that holds the last of an account's SKIPDATA entries settles them. */
  private settling(batch: SegmentBatch, closed: readonly ClosedWindow[]): SegmentBatch {
    const left = this.unsettled.get(batch.accountId)?.filter((one) => !closed.some(holds(one)));
    if (!left) return batch;
    if (left.length > 0) this.unsettled.set(batch.accountId, left);
    else this.unsettled.delete(batch.accountId);
    return { ...batch, settlesUnfinishedWindows: left.length === 0 };
  }

  /** Tells the log store of windows that have opened since: it keeps the last one of each interface. */
  private markLive(): void {
    const now = this.now();
    const opened: LiveWindow[] = [];
    for (const { accountId, networkInterfaceId, schedule } of this.plan.interfaces) {
      const window = windowAt(schedule, now);
      if (!window || this.marked.get(`${accountId}/${networkInterfaceId}`) === window.start) continue;
      opened.push({ accountId, networkInterfaceId, windowStart: window.start, windowEnd: window.end });
    }
    if (opened.length === 0) return;
    this.options.logStore.markLive(opened);
    for (const { accountId, networkInterfaceId, windowStart } of opened) {
      this.marked.set(`${accountId}/${networkInterfaceId}`, windowStart);
    }
  }

  private serially<T>(task: () => Promise<T>): Promise<T> {
    const run = this.inTurn.then(task, task);
    this.inTurn = run.catch(() => undefined);
    return run;
  }

  private now(): number {
    return Math.floor(this.options.clock.epochMilliseconds() / 1000);
  }
}

const holds =
  ({ networkInterfaceId, windowStart }: UnfinishedWindow) =>
  (closed: ClosedWindow): boolean =>
    closed.networkInterfaceId === networkInterfaceId &&
    closed.windowStart <= windowStart &&
    windowStart < closed.windowEnd;
