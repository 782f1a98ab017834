import type { DuckDBInstance } from '@duckdb/node-api';
import type { Clock } from '@flowledger/event-sourcing';
import type { Ledger } from './ledger';
import { InvalidSegmentBatch, translateFull } from './log-store.errors';
import type { Manifest } from './manifest';
import { MembershipSets, membersOf } from './membership';
import type { Member } from './membership';
import type { OpenWindows } from './open-windows';
import { maxBatchEntries } from './segment-batch';
import type { SegmentBatch, SegmentInfo } from './segment-batch';
import { segmentFormat } from './segment-columns';
import type { FileSum, SegmentFiles } from './segment-files';
import { writeParquet } from './segment-writer';
import type { Compression, SegmentRow } from './segment-writer';
import type { Spool } from './spool';

/** A file that is complete and synced, but not in the manifest yet. */
interface SettledFile extends FileSum {
  readonly file: string;
  readonly sets: string[][];
  readonly rows: readonly SegmentRow[];
}

const NEXT_SEQ = 'next-seq';

/** Writes batches, one at a time: file first, then the manifest row that makes it exist. */
export class SegmentStore {
  constructor(
    private readonly manifest: Manifest,
    private readonly files: SegmentFiles,
    private readonly duckdb: DuckDBInstance,
    private readonly clock: Clock,
    private readonly compression: Compression,
    private readonly parts: { spool: Spool; ledger: Ledger; windows: OpenWindows },
  ) {}

  async write(batch: SegmentBatch): Promise<SegmentInfo> {
    assertValid(batch);
    const before = this.writtenBefore(batch);
    if (before) return before;
    const receivedAt = this.clock.epochMilliseconds();
    const entries = batch.entries.filter(({ flowLogIds }) => flowLogIds.length > 0);
    const settled = entries.length > 0 ? await this.settle(batch, entries, receivedAt) : null;
    const members = membersOf(entries);
    const written = (segmentId: number | null): SegmentInfo => ({
      segmentId,
      accountId: batch.accountId,
      planVersion: batch.planVersion,
      receivedAt: new Date(receivedAt).toISOString(),
      entries: entries.length,
      bytes: settled?.bytes ?? 0,
      unassigned: batch.entries.length - entries.length,
      entriesByFlowLog: Object.fromEntries(members.map((member) => [member.flowLogId, member.entries])),
    });
    let info: SegmentInfo;
    try {
      info = this.manifest.transaction(() => {
        const committed = written(this.commit(batch, settled, members, receivedAt));
        this.remember(batch, committed);
        return committed;
      });
    } catch (error) {
      if (settled) await this.files.discard(settled.file);
      throw error;
    }
    this.files.faults('committed', settled?.file ?? '');
    return info;
  }

  private writtenBefore({ accountId, name }: SegmentBatch): SegmentInfo | undefined {
    if (name === undefined) return undefined;
    const row = this.manifest.get<{ written: string }>(
      'SELECT written FROM named_batch WHERE account_id = ? AND name = ?',
      accountId,
      name,
    );
    return row && (JSON.parse(row.written) as SegmentInfo);
  }

  private remember({ accountId, name }: SegmentBatch, written: SegmentInfo): void {
    if (name === undefined) return;
    this.manifest.run('INSERT INTO named_batch VALUES (?, ?, ?)', accountId, name, JSON.stringify(written));
  }

  private async settle(
    batch: SegmentBatch,
    entries: SegmentBatch['entries'],
    receivedAt: number,
  ): Promise<SettledFile> {
    const { accountId, planVersion } = batch;
    const membership = new MembershipSets();
    const rows = entries.map(({ entry, flowLogIds }) => ({
      entry,
      membership: membership.indexOf(flowLogIds),
    }));
    const file = `${accountId}/${receivedAt}-${this.manifest.lastSegmentId() + 1}.parquet`;
    const metadata = { accountId, planVersion, membershipSets: membership.sets };
    try {
      await this.files.makeRoom(accountId);
      await writeParquet(
        this.duckdb,
        this.files.temporary(file),
        rows,
        this.nextSeq(),
        metadata,
        this.compression,
      );
      return { ...(await this.files.settle(file)), file, sets: membership.sets, rows };
    } catch (error) {
      await this.files.discard(file);
      throw translateFull(error, `segment ${file}`);
    }
  }

  private commit(
    batch: SegmentBatch,
    settled: SettledFile | null,
    members: readonly Member[],
    receivedAt: number,
  ): number | null {
    const segmentId = settled && this.insert(batch, settled, members, receivedAt);
    this.parts.ledger.record(batch, segmentId, receivedAt, settled?.rows.length ?? 0);
    if (batch.settlesUnfinishedWindows) this.parts.windows.settle(batch.accountId);
    return segmentId;
  }

  private insert(
    batch: SegmentBatch,
    settled: SettledFile,
    members: readonly Member[],
    receivedAt: number,
  ): number {
    const before = this.manifest.lastSegmentId();
    const { file, bytes, crc32, sets, rows } = settled;
    const [minStart, maxStart] = startRange(rows);
    const { lastInsertRowid: segmentId } = this.manifest.run(
      `INSERT INTO segment (account_id, file, format_version, plan_version, received_at, entries, bytes, crc32,
         min_start, max_start, membership_sets) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      batch.accountId,
      file,
      segmentFormat,
      batch.planVersion,
      receivedAt,
      rows.length,
      bytes,
      crc32,
      minStart,
      maxStart,
      JSON.stringify(sets),
    );
    for (const { flowLogId, entries, oldestStart } of members) {
      this.parts.spool.register(flowLogId, batch.accountId, before);
      this.manifest.run('INSERT INTO member VALUES (?, ?, ?, ?)', segmentId, flowLogId, entries, oldestStart);
      this.manifest.run(
        'UPDATE flow_log SET stored_entries = stored_entries + ? WHERE flow_log_id = ?',
        entries,
        flowLogId,
      );
    }
    this.manifest.setProperty(NEXT_SEQ, String(this.nextSeq() + rows.length));
    return segmentId;
  }

  private nextSeq(): number {
    return Number(this.manifest.property(NEXT_SEQ) ?? 1);
  }
}

function startRange(rows: readonly SegmentRow[]): [number, number] {
  let min = Infinity;
  let max = -Infinity;
  for (const { entry } of rows) {
    if (entry.start < min) min = entry.start;
    if (entry.start > max) max = entry.start;
  }
  return [min, max];
}

function assertValid({ accountId, entries }: SegmentBatch): void {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(accountId))
    throw new InvalidSegmentBatch('the account id cannot name a directory');
  if (entries.length > maxBatchEntries) throw new InvalidSegmentBatch(`more than ${maxBatchEntries} entries`);
  const foreign = entries.find(({ entry }) => entry.accountId !== accountId);
  if (foreign)
    throw new InvalidSegmentBatch(`an entry of account ${foreign.entry.accountId} in one of ${accountId}`);
}
