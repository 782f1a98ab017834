import type { FlowLogEntry, TrafficEntry } from './flow-log-entry';

/** The 21 documented fields in their order, then `region` (DC-29) and `__time__`, the start of the entry (DD-17). */
export const entryFieldNames = [
  'version',
  'account-id',
  'eni-id',
  'vm-id',
  'vswitch-id',
  'vpc-id',
  'type',
  'protocol',
  'srcaddr',
  'srcport',
  'dstaddr',
  'dstport',
  'direction',
  'action',
  'packets',
  'bytes',
  'start',
  'end',
  'tcp-flags',
  'log-status',
  'traffic_path',
  'region',
  '__time__',
] as const;

export type EntryFieldName = (typeof entryFieldNames)[number];

/** All values are text, `-` where a field does not apply. */
export type EntryFields = Readonly<Record<EntryFieldName, string>>;

const NOT_APPLICABLE = '-';

/** The entry as a logstore shows it, members in the order of `entryFieldNames`. */
export function toFields(entry: FlowLogEntry): EntryFields {
  const traffic = entry.logStatus === 'OK' ? entry : null;
  const of = (value: (entry: TrafficEntry) => string | number) =>
    traffic ? String(value(traffic)) : NOT_APPLICABLE;
  return {
    version: '1',
    'account-id': entry.accountId,
    'eni-id': entry.networkInterfaceId,
    'vm-id': entry.instanceId || NOT_APPLICABLE,
    'vswitch-id': entry.vSwitchId,
    'vpc-id': entry.vpcId,
    type: of((e) => e.type),
    protocol: of((e) => e.protocol),
    srcaddr: of((e) => e.srcaddr),
    srcport: of((e) => e.srcport),
    dstaddr: of((e) => e.dstaddr),
    dstport: of((e) => e.dstport),
    direction: of((e) => e.direction),
    action: of((e) => e.action),
    packets: of((e) => e.packets),
    bytes: of((e) => e.bytes),
    start: String(entry.start),
    end: String(entry.end),
    'tcp-flags': of((e) => e.tcpFlags),
    'log-status': entry.logStatus,
    traffic_path: of((e) => e.trafficPath),
    region: entry.regionId,
    __time__: String(entry.start),
  };
}
