import type { DuckDBInstance } from '@duckdb/node-api';
import { translateFull } from './log-store.errors';
import type { Manifest } from './manifest';
import { MembershipSets } from './membership';
import { mergeParquet } from './merge-parquet';
import type { MergedRows, Remap } from './merge-parquet';
import { planMerge } from './merge-plan';
import type { MergePlan, MergeSource } from './merge-plan';
import { segmentFormat } from './segment-columns';
import type { FileSum, SegmentFiles } from './segment-files';
import type { Compression } from './segment-writer';

export interface CompactionOutcome {
  /** Files that are gone, and files that took their place. */
  readonly merged: number;
  readonly into: number;
  /** Left as they are, because they do not match their checksum. */
  readonly damaged: readonly string[];
}

export interface Merge {
  readonly merged: number;
  readonly into: number;
}

/**
 * Turns the many small segments of a closed hour into one. The merged segment takes the smallest id of its sources, so that
 * every cursor stays behind it, and keeps the rows' numbers, so that pages stay as they were. Entries that expired
 * everywhere are left behind.
 */
export class Compaction {
  constructor(
    private readonly manifest: Manifest,
    private readonly files: SegmentFiles,
    private readonly duckdb: DuckDBInstance,
    private readonly compression: Compression,
  ) {}

  /**
   * One group of hours that ended before `olderThan` (milliseconds); null when there is none left.
   * @param damaged collects the segments found damaged, which are not tried again
   */
  async mergeNext(olderThan: number, damaged: Map<number, string>): Promise<Merge | null> {
    const plan = planMerge(this.manifest, olderThan, new Set(damaged.keys()));
    if (!plan) return null;
    const unsound = await this.unsound(plan);
    for (const { segmentId, file } of unsound) damaged.set(segmentId, file);
    if (unsound.length > 0) return { merged: 0, into: 0 };
    return this.merge(plan);
  }

  private async merge(plan: MergePlan): Promise<Merge> {
    const membership = new MembershipSets();
    const remaps = plan.sources.flatMap((source) => this.remapsOf(source, membership));
    const newest = plan.sources.at(-1)!;
    const planVersion = Math.max(...plan.sources.map((source) => source.planVersion));
    const metadata = { accountId: plan.accountId, planVersion, membershipSets: membership.sets };
    const file = `${plan.accountId}/${newest.receivedAt}-${plan.sources[0]!.segmentId}-merged.parquet`;
    if (remaps.length === 0) {
      this.manifest.transaction(() => this.forget(plan.sources));
    } else {
      try {
        const path = this.files.temporary(file);
        const rows = await mergeParquet(this.duckdb, remaps, path, metadata, this.compression);
        const sum = await this.files.settle(file);
        this.manifest.transaction(() =>
          this.replace(plan, { ...rows, ...sum, file }, planVersion, membership.sets),
        );
      } catch (error) {
        await this.files.discard(file);
        throw translateFull(error, `segment ${file}`);
      }
      this.files.faults('committed', file);
    }
    for (const source of plan.sources) await this.files.remove(source.file);
    return { merged: plan.sources.length, into: Number(remaps.length > 0) };
  }

  /** Members without a reference fall out of the sets; a row without any is not taken over. */
  private remapsOf({ file, sets, deliveredTo }: MergeSource, membership: MembershipSets): Remap[] {
    return sets.flatMap((set, from) => {
      const left = set.filter((flowLogId) => deliveredTo.has(flowLogId));
      return left.length > 0 ? [{ path: this.files.path(file), from, to: membership.indexOf(left) }] : [];
    });
  }

  private replace(
    { accountId, sources }: MergePlan,
    merged: MergedRows & FileSum & { file: string },
    planVersion: number,
    sets: string[][],
  ): void {
    const target = sources[0]!.segmentId;
    const references = sources.flatMap(({ segmentId }) =>
      this.manifest.all<{ logstore: string; flowLog: string; at: number }>(
        'SELECT logstore_id AS logstore, flow_log_id AS flowLog, delivered_at AS at FROM reference WHERE segment_id = ?',
        segmentId,
      ),
    );
    this.forget(sources);
    this.manifest.run(
      `INSERT INTO segment (segment_id, account_id, file, format_version, plan_version, received_at, entries, bytes,
         crc32, min_start, max_start, merged, membership_sets) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)`,
      target,
      accountId,
      merged.file,
      segmentFormat,
      planVersion,
      sources.at(-1)!.receivedAt,
      merged.entries,
      merged.bytes,
      merged.crc32,
      merged.minStart,
      merged.maxStart,
      JSON.stringify(sets),
    );
    for (const { logstore, flowLog, at } of references)
      this.manifest.run(
        `INSERT INTO reference VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET delivered_at = max(delivered_at, excluded.delivered_at)`,
        logstore,
        target,
        flowLog,
        at,
      );
  }

  private forget(sources: readonly MergeSource[]): void {
    for (const { segmentId } of sources) {
      this.manifest.run('DELETE FROM reference WHERE segment_id = ?', segmentId);
      this.manifest.run('DELETE FROM segment WHERE segment_id = ?', segmentId);
    }
  }

  private async unsound({ sources }: MergePlan): Promise<MergeSource[]> {
    const unsound: MergeSource[] = [];
    for (const source of sources) {
      const sum = await this.files.sum(source.file).catch(() => null);
      if (sum?.bytes !== source.bytes || sum.crc32 !== source.crc32) unsound.push(source);
    }
    return unsound;
  }
}
