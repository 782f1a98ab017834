import type { DuckDBInstance } from '@duckdb/node-api';
import type { Clock } from '@flowledger/event-sourcing';
import type { PlannedLogstore } from '@flowledger/flow-record';
import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { backUp } from './backup';
import { Compaction } from './compaction';
import type { CompactionOutcome, Merge } from './compaction';
import { Deliveries } from './deliveries';
import { openDuckDb } from './duckdb-session';
import { Integrity } from './integrity';
import type { VerificationProgress } from './integrity';
import { Ledger } from './ledger';
import type { LedgerRange } from './ledger';
import { LogQueries } from './log-query';
import type { LogQuery } from './log-query';
import { LogStore } from './log-store';
import type { DeliveryRequest, ExpiryReason } from './log-store';
import { LogStoreClosed } from './log-store.errors';
import { Logstores } from './logstores';
import { Manifest } from './manifest';
import { OpenWindows } from './open-windows';
import type { LiveWindow } from './open-windows';
import { Retention } from './retention';
import type { SegmentBatch, SegmentInfo } from './segment-batch';
import { SegmentFiles } from './segment-files';
import type { WriteFaults } from './segment-files';
import { SegmentStore } from './segment-store';
import type { Compression } from './segment-writer';
import { SerialQueue } from './serial-queue';
import { Spool } from './spool';
import type { SpoolLimits } from './spool';
import { Usage } from './usage';

export interface EmbeddedLogStoreOptions {
  /** Made with mode 0700 when absent. One process owns it. */
  readonly directory: string;
  readonly limits: SpoolLimits;
  readonly clock: Clock;
  /** zstd unless told; both are read. */
  readonly compression?: Compression;
  /** Ceiling of the manifest in pages of 4 KiB; for tests. */
  readonly maxPages?: number;
  /** For tests. */
  readonly faults?: WriteFaults;
}

/** What a start found lying about: files of writes or removals that a crash cut short, now removed. */
export interface Swept {
  readonly files: number;
  readonly bytes: number;
}

const DEFAULT_SEGMENTS = 64;

/** Segments as Parquet files, written and queried by DuckDB, beside a SQLite manifest: source data, not a cache. */
export class EmbeddedLogStore extends LogStore {
  private readonly writes = new SerialQueue();
  private readonly open = new Set<Promise<unknown>>();
  private closed = false;

  private constructor(
    readonly swept: Swept,
    private readonly manifest: Manifest,
    private readonly engines: { writer: DuckDBInstance; reader: DuckDBInstance },
    private readonly parts: ReturnType<typeof compose>,
  ) {
    super();
  }

  /** @throws LogStoreLocked after 2 s, UnsupportedFormat, StorageFull */
  static async open(options: EmbeddedLogStoreOptions): Promise<EmbeddedLogStore> {
    await mkdir(join(options.directory, 'segments'), { recursive: true, mode: 0o700 });
    const directory = await realpath(options.directory);
    const manifest = await Manifest.open(join(directory, 'log-store.db'), options.maxPages);
    try {
      const files = new SegmentFiles(join(directory, 'segments'), options.faults);
      const known = new Set(
        manifest.all<{ file: string }>('SELECT file FROM segment').map(({ file }) => file),
      );
      const swept = await files.sweep((file) => known.has(file));
      const engines = {
        writer: await openDuckDb(files.directory, { threads: 1, memory: '512MB' }),
        reader: await openDuckDb(files.directory, { threads: 2, memory: '512MB' }),
      };
      const parts = compose(manifest, files, engines, options);
      parts.windows.inherit();
      return new EmbeddedLogStore(swept, manifest, engines, parts);
    } catch (error) {
      manifest.close();
      throw error;
    }
  }

  registerFlowLog(flowLogId: string, accountId: string): void {
    this.manifest.transaction(() => this.parts.spool.register(flowLogId, accountId));
  }

  writeSegment(batch: SegmentBatch): Promise<SegmentInfo> {
    return this.track(() => this.writes.run(() => this.parts.segments.write(batch)));
  }

  deliverNext(flowLogId: string, logstoreId: string, maxSegments = DEFAULT_SEGMENTS) {
    return this.parts.deliveries.deliver([{ flowLogId, logstoreId }], maxSegments)[0]!;
  }

  deliverMany(requests: readonly DeliveryRequest[], maxSegments = DEFAULT_SEGMENTS) {
    return this.parts.deliveries.deliver(requests, maxSegments);
  }

  expire(flowLogId: string, reason: ExpiryReason): number {
    return this.parts.spool.expire(flowLogId, reason);
  }

  enforceSpoolBounds() {
    return this.parts.spool.enforceBounds();
  }

  reconcile(logstores: readonly PlannedLogstore[]): void {
    this.parts.logstores.reconcile(logstores);
  }

  applyRetention() {
    return this.track(() => this.writes.run(() => this.parts.retention.apply()));
  }

  spool(flowLogId: string) {
    return this.parts.spool.gauges(flowLogId);
  }

  usage() {
    return this.track(() => this.parts.usage.measure());
  }

  query(logstoreId: string, query: LogQuery) {
    return this.track(() => this.parts.queries.run(logstoreId, query));
  }

  ledger(range: LedgerRange) {
    return this.parts.ledger.totals(range);
  }

  markLive(windows: readonly LiveWindow[]): void {
    this.parts.windows.markLive(windows);
  }

  markClean(): void {
    this.manifest.transaction(() => this.parts.windows.markClean());
  }

  takeUnfinishedWindows() {
    return this.parts.windows.unfinished();
  }

  /** Merges the small segments of hours (of receipt) that ended before `olderThan`, Unix seconds; one group at a time. */
  compact({ olderThan }: { olderThan: number }): Promise<CompactionOutcome> {
    return this.track(async () => {
      const damaged = new Map<number, string>();
      const merges: Merge[] = [];
      const next = () => this.writes.run(() => this.parts.compaction.mergeNext(olderThan * 1000, damaged));
      for (let merge = await next(); merge; merge = await next()) merges.push(merge);
      const sum = (of: (merge: Merge) => number) => merges.reduce((total, merge) => total + of(merge), 0);
      return {
        merged: sum(({ merged }) => merged),
        into: sum(({ into }) => into),
        damaged: [...damaged.values()],
      };
    });
  }

  /** Every segment's size and checksum, for the doctor; what is wrong is reported, nothing is changed. */
  verify(progress?: VerificationProgress) {
    return this.track(() => this.parts.integrity.verify(progress));
  }

  /** Into a new or empty directory, while running. @throws BackupTargetNotEmpty, StorageFull */
  backupTo(directory: string) {
    return this.track(() => backUp(this.manifest, this.parts.files, directory));
  }

  /** Waits for what was begun, refuses what comes after. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await Promise.allSettled([...this.open]);
    this.manifest.close();
    this.engines.writer.closeSync();
    this.engines.reader.closeSync();
  }

  private async track<T>(work: () => Promise<T>): Promise<T> {
    if (this.closed) throw new LogStoreClosed();
    const promise = work();
    this.open.add(promise);
    try {
      return await promise;
    } finally {
      this.open.delete(promise);
    }
  }
}

function compose(
  manifest: Manifest,
  files: SegmentFiles,
  engines: { writer: DuckDBInstance; reader: DuckDBInstance },
  { clock, limits, compression = 'zstd' }: EmbeddedLogStoreOptions,
) {
  const spool = new Spool(manifest, clock, limits);
  const ledger = new Ledger(manifest);
  const windows = new OpenWindows(manifest);
  const logstores = new Logstores(manifest);
  const segments = new SegmentStore(manifest, files, engines.writer, clock, compression, {
    spool,
    ledger,
    windows,
  });
  return {
    files,
    spool,
    ledger,
    windows,
    logstores,
    integrity: new Integrity(manifest, files),
    deliveries: new Deliveries(manifest, clock),
    segments,
    compaction: new Compaction(manifest, files, engines.writer, compression),
    retention: new Retention(manifest, files, clock),
    queries: new LogQueries(manifest, files, engines.reader, logstores),
    usage: new Usage(manifest, files, clock),
  };
}
