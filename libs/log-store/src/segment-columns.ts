import { BIGINT, INTEGER, SMALLINT, VARCHAR } from '@duckdb/node-api';
import type { DuckDBType } from '@duckdb/node-api';
import type { EntryFieldName, FlowLogEntry, TrafficEntry } from '@flowledger/flow-record';

/** Version of the columns below; a file of a newer one is refused. */
export const segmentFormat = 1;

type Cell = string | number | bigint | null;

export interface SegmentColumn {
  readonly name: string;
  readonly type: DuckDBType;
  /** The entry's field it holds, null for what readers do not see. */
  readonly field: EntryFieldName | null;
  readonly cell: (entry: FlowLogEntry, seq: number, membership: number) => Cell;
}

const traffic =
  (value: (entry: TrafficEntry) => Cell) =>
  (entry: FlowLogEntry): Cell =>
    entry.logStatus === 'OK' ? value(entry) : null;

const column = (
  name: string,
  type: DuckDBType,
  field: EntryFieldName | null,
  cell: SegmentColumn['cell'],
) => ({
  name,
  type,
  field,
  cell,
});

/** NULL where a field does not apply. `membership` indexes the file's table of membership sets. */
export const segmentColumns: readonly SegmentColumn[] = [
  column('seq', BIGINT, null, (_entry, seq) => BigInt(seq)),
  column('membership', INTEGER, null, (_entry, _seq, membership) => membership),
  column('account_id', VARCHAR, 'account-id', (e) => e.accountId),
  column('region', VARCHAR, 'region', (e) => e.regionId),
  column('eni_id', VARCHAR, 'eni-id', (e) => e.networkInterfaceId),
  column('vm_id', VARCHAR, 'vm-id', (e) => e.instanceId || null),
  column('vswitch_id', VARCHAR, 'vswitch-id', (e) => e.vSwitchId),
  column('vpc_id', VARCHAR, 'vpc-id', (e) => e.vpcId),
  column('log_status', VARCHAR, 'log-status', (e) => e.logStatus),
  column('start', BIGINT, 'start', (e) => BigInt(e.start)),
  column('end', BIGINT, 'end', (e) => BigInt(e.end)),
  column(
    'ip_type',
    VARCHAR,
    'type',
    traffic((e) => e.type),
  ),
  column(
    'protocol',
    SMALLINT,
    'protocol',
    traffic((e) => e.protocol),
  ),
  column(
    'srcaddr',
    VARCHAR,
    'srcaddr',
    traffic((e) => e.srcaddr),
  ),
  column(
    'srcport',
    INTEGER,
    'srcport',
    traffic((e) => e.srcport),
  ),
  column(
    'dstaddr',
    VARCHAR,
    'dstaddr',
    traffic((e) => e.dstaddr),
  ),
  column(
    'dstport',
    INTEGER,
    'dstport',
    traffic((e) => e.dstport),
  ),
  column(
    'direction',
    VARCHAR,
    'direction',
    traffic((e) => e.direction),
  ),
  column(
    'action',
    VARCHAR,
    'action',
    traffic((e) => e.action),
  ),
  column(
    'packets',
    BIGINT,
    'packets',
    traffic((e) => BigInt(e.packets)),
  ),
  column(
    'bytes',
    BIGINT,
    'bytes',
    traffic((e) => BigInt(e.bytes)),
  ),
  column(
    'tcp_flags',
    SMALLINT,
    'tcp-flags',
    traffic((e) => e.tcpFlags),
  ),
  column(
    'traffic_path',
    SMALLINT,
    'traffic_path',
    traffic((e) => e.trafficPath),
  ),
  column('reason', VARCHAR, null, (e) => (e.logStatus === 'OK' ? null : (e.reason ?? null))),
];

export const segmentTable = segmentColumns.map(({ name, type }) => `"${name}" ${type.toString()}`).join(', ');

/** The inverse of the cells, for a row as DuckDB gives it. */
export function toEntry(row: Readonly<Record<string, unknown>>): FlowLogEntry {
  const at = {
    accountId: row.account_id as string,
    regionId: row.region as string,
    networkInterfaceId: row.eni_id as string,
    instanceId: (row.vm_id as string | null) ?? '',
    vSwitchId: row.vswitch_id as string,
    vpcId: row.vpc_id as string,
    start: Number(row.start),
    end: Number(row.end),
  };
  const logStatus = row.log_status as FlowLogEntry['logStatus'];
  if (logStatus !== 'OK')
    return { ...at, logStatus, ...(row.reason ? { reason: row.reason as string } : {}) };
  return {
    ...at,
    logStatus,
    type: row.ip_type as TrafficEntry['type'],
    protocol: Number(row.protocol),
    srcaddr: row.srcaddr as string,
    srcport: Number(row.srcport),
    dstaddr: row.dstaddr as string,
    dstport: Number(row.dstport),
    direction: row.direction as TrafficEntry['direction'],
    action: row.action as TrafficEntry['action'],
    packets: Number(row.packets),
    bytes: Number(row.bytes),
    tcpFlags: Number(row.tcp_flags),
    trafficPath: Number(row.traffic_path),
  };
}
