import type { FlowLogEntry, PlannedFlowLog, TrafficEntry } from '@flowledger/flow-record';
import fc from 'fast-check';
import { fanOut } from './fan-out';

const at = {
  accountId: '1',
  regionId: 'r',
  networkInterfaceId: 'eni-1',
  instanceId: '',
  vSwitchId: 'v',
  vpcId: 'vpc',
};
const traffic = (changes: Partial<TrafficEntry> = {}): TrafficEntry => ({
  ...at,
  logStatus: 'OK',
  type: 'IPv4',
  protocol: 6,
  srcaddr: '10.0.0.1',
  srcport: 1,
  dstaddr: '10.0.0.2',
  dstport: 2,
  direction: 'out',
  action: 'ACCEPT',
  packets: 3,
  bytes: 300,
  start: 0,
  end: 60,
  tcpFlags: 2,
  trafficPath: 7,
  ...changes,
});
const flowLog = (flowLogId: string, changes: Partial<PlannedFlowLog> = {}): PlannedFlowLog => ({
  flowLogId,
  trafficType: 'All',
  trafficPath: ['all'],
  ipVersion: 'IPv4',
  ...changes,
});
const all = flowLog('all');
const allow = flowLog('allow', { trafficType: 'Allow' });
const drop = flowLog('drop', { trafficType: 'Drop' });
const nat = flowLog('nat', { trafficPath: ['natGateway'] });
const dropNat = flowLog('drop-nat', { trafficType: 'Drop', trafficPath: ['natGateway'] });
const dual = flowLog('dual', { ipVersion: 'DualStack' });
const flowLogs = [all, allow, drop, nat, dropNat, dual];

describe('an accepted entry', () => {
  it('goes to the flow logs for All and Allow whose path it took', () => {
    expect(fanOut(traffic(), flowLogs)).toEqual(['all', 'allow', 'nat', 'dual']);
    expect(fanOut(traffic({ trafficPath: 2 }), flowLogs)).toEqual(['all', 'allow', 'dual']);
  });
});

describe('a rejected entry', () => {
  it('goes to All and Drop, and never to a specific path', () => {
    expect(fanOut(traffic({ action: 'REJECT' }), flowLogs)).toEqual(['all', 'drop', 'dual']);
  });
});

describe('an IPv6 entry', () => {
  it('goes to dual-stack flow logs only', () => {
    expect(fanOut(traffic({ type: 'IPv6' }), flowLogs)).toEqual(['dual']);
  });
});

describe.each(['NODATA', 'SKIPDATA'] as const)('a %s entry', (logStatus) => {
  it('goes to all of them', () => {
    expect(fanOut({ ...at, logStatus, start: 0, end: 60 }, flowLogs)).toEqual(
      flowLogs.map((f) => f.flowLogId),
    );
  });
});

describe('the flow logs for Allow and for Drop', () => {
  it('together take what the one for All takes, and share no traffic', () => {
    const entries = fc.array(
      fc.record({
        action: fc.constantFrom('ACCEPT' as const, 'REJECT' as const),
        type: fc.constantFrom('IPv4' as const, 'IPv6' as const),
        trafficPath: fc.integer({ min: 0, max: 22 }),
        packets: fc.integer({ min: 1, max: 1000 }),
      }),
    );
    fc.assert(
      fc.property(entries, (changes) => {
        const sums: Record<string, number> = { all: 0, allow: 0, drop: 0 };
        for (const entry of changes.map((change): FlowLogEntry & { packets: number } => traffic(change))) {
          const taking = fanOut(entry, [all, allow, drop]);
          expect(taking).not.toEqual(expect.arrayContaining(['allow', 'drop']));
          for (const id of taking) sums[id]! += entry.packets;
        }
        expect(sums.allow! + sums.drop!).toBe(sums.all);
      }),
    );
  });
});
