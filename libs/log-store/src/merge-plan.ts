import type { Manifest } from './manifest';

export interface MergeSource {
  readonly segmentId: number;
  readonly file: string;
  readonly bytes: number;
  readonly crc32: number;
  readonly entries: number;
  readonly planVersion: number;
  readonly receivedAt: number;
  readonly sets: readonly (readonly string[])[];
  /** By flow log, the logstores it was delivered to; flow logs whose entries expired are absent. */
  readonly deliveredTo: ReadonlyMap<string, string>;
}

/** Segments of one account and hour that can become one file without showing any row to another reader. */
export interface MergePlan {
  readonly accountId: string;
  readonly sources: readonly MergeSource[];
}

interface Row {
  segmentId: number;
  accountId: string;
  file: string;
  bytes: number;
  crc32: number;
  entries: number;
  planVersion: number;
  receivedAt: number;
  sets: string;
}

export const maxMergedEntries = 1_000_000;
const HOUR_MS = 3_600_000;

/**
 * The first group worth merging among the hours that ended before `olderThan` (milliseconds), or null. A group breaks
 * where a flow log was delivered to another logstore than before: one reference stands for all its rows in a file.
 */
export function planMerge(
  manifest: Manifest,
  olderThan: number,
  skip: ReadonlySet<number>,
): MergePlan | null {
  const hourEnd = Math.floor(olderThan / HOUR_MS) * HOUR_MS;
  let group: MergeSource[] = [];
  let key = '';
  let targets = new Map<string, string>();
  for (const row of settledSegments(manifest, hourEnd)) {
    if (skip.has(row.segmentId)) continue;
    const source = toSource(manifest, row);
    const rowKey = `${row.accountId} ${Math.floor(row.receivedAt / HOUR_MS)}`;
    const size = group.reduce((sum, { entries }) => sum + entries, row.entries);
    const fits = rowKey === key && size <= maxMergedEntries && agrees(targets, source.deliveredTo);
    if (!fits) {
      if (group.length > 1) break;
      group = [];
      key = rowKey;
      targets = new Map();
    }
    group.push(source);
    for (const [flowLogId, logstores] of source.deliveredTo) targets.set(flowLogId, logstores);
  }
  return group.length > 1 ? { accountId: key.split(' ')[0]!, sources: group } : null;
}

/** Not merged yet, and no flow log waits for them. */
function settledSegments(manifest: Manifest, before: number): Row[] {
  return manifest.all<Row>(
    `SELECT s.segment_id AS segmentId, s.account_id AS accountId, s.file, s.bytes, s.crc32, s.entries,
            s.plan_version AS planVersion, s.received_at AS receivedAt, s.membership_sets AS sets
     FROM segment s
     WHERE s.merged = 0 AND s.received_at < ? AND s.entries < ${maxMergedEntries}
       AND NOT EXISTS (SELECT 1 FROM member m JOIN flow_log f USING (flow_log_id)
                       WHERE m.segment_id = s.segment_id AND f.cursor < m.segment_id)
     ORDER BY s.account_id, s.received_at / ${HOUR_MS}, s.segment_id`,
    before,
  );
}

function toSource(manifest: Manifest, { sets, ...row }: Row): MergeSource {
  const references = manifest.all<{ flowLogId: string; logstores: string }>(
    `SELECT flow_log_id AS flowLogId, group_concat(logstore_id, ' ' ORDER BY logstore_id) AS logstores
     FROM reference WHERE segment_id = ? GROUP BY flow_log_id`,
    row.segmentId,
  );
  const deliveredTo = new Map(references.map(({ flowLogId, logstores }) => [flowLogId, logstores]));
  return { ...row, sets: JSON.parse(sets) as string[][], deliveredTo };
}

function agrees(targets: ReadonlyMap<string, string>, more: ReadonlyMap<string, string>): boolean {
  return [...more].every(([flowLogId, logstores]) => (targets.get(flowLogId) ?? logstores) === logstores);
}
