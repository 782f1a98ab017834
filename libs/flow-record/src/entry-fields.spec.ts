import { entryFieldNames, toFields } from './entry-fields';
import type { GapEntry, TrafficEntry } from './flow-log-entry';

const at = {
  accountId: '1000000000000001',
  regionId: 'cn-hangzhou',
  networkInterfaceId: 'eni-1',
  instanceId: 'i-1',
  vSwitchId: 'vsw-1',
  vpcId: 'vpc-1',
};

const accepted: TrafficEntry = {
  ...at,
  logStatus: 'OK',
  type: 'IPv4',
  protocol: 6,
  srcaddr: '172.31.16.139',
  srcport: 1332,
  dstaddr: '172.31.16.21',
  dstport: 80,
  direction: 'out',
  action: 'ACCEPT',
  packets: 10,
  bytes: 2048,
  start: 1720775420,
  end: 1720775480,
  tcpFlags: 22,
  trafficPath: 2,
};

describe('an entry with traffic', () => {
  it('has the 21 documented fields in their order, then region and __time__', () => {
    expect(Object.keys(toFields(accepted))).toEqual([...entryFieldNames]);
    expect(entryFieldNames).toHaveLength(23);
    expect(entryFieldNames.slice(20)).toEqual(['traffic_path', 'region', '__time__']);
  });

  it('is text throughout', () => {
    expect(toFields(accepted)).toEqual({
      version: '1',
      'account-id': '1000000000000001',
      'eni-id': 'eni-1',
      'vm-id': 'i-1',
      'vswitch-id': 'vsw-1',
      'vpc-id': 'vpc-1',
      type: 'IPv4',
      protocol: '6',
      srcaddr: '172.31.16.139',
      srcport: '1332',
      dstaddr: '172.31.16.21',
      dstport: '80',
      direction: 'out',
      action: 'ACCEPT',
      packets: '10',
      bytes: '2048',
      start: '1720775420',
      end: '1720775480',
      'tcp-flags': '22',
      'log-status': 'OK',
      traffic_path: '2',
      region: 'cn-hangzhou',
      __time__: '1720775420',
    });
  });

  it('shows tcp-flags 0 for UDP, and - for an interface without an instance', () => {
    const fields = toFields({ ...accepted, instanceId: '', protocol: 17, tcpFlags: 0 });
    expect(fields['tcp-flags']).toBe('0');
    expect(fields['vm-id']).toBe('-');
  });
});

describe.each(['NODATA', 'SKIPDATA'] as const)('a %s entry', (logStatus) => {
  const gap: GapEntry = { ...at, logStatus, start: 1721011920, end: 1721011980 };

  it('keeps interface, times and region', () => {
    expect(toFields(gap)).toMatchObject({
      'eni-id': 'eni-1',
      start: '1721011920',
      end: '1721011980',
      'log-status': logStatus,
      region: 'cn-hangzhou',
      __time__: '1721011920',
    });
  });

  it('has - in every traffic field', () => {
    const fields = toFields(gap);
    const traffic = entryFieldNames.slice(6, 16).concat('tcp-flags', 'traffic_path');
    expect(traffic.map((name) => fields[name])).toEqual(traffic.map(() => '-'));
  });
});
