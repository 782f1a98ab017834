import type { PlannedInterface } from '@flowledger/flow-record';
import { InterfaceDirectory } from './interface-directory';

const planned = (networkInterfaceId: string, ...addresses: string[]): PlannedInterface => ({
  accountId: '1000000000000001',
  regionId: 'cn-hangzhou',
  networkInterfaceId,
  vSwitchId: 'vsw-1',
  vpcId: 'vpc-1',
  instanceId: '',
  addresses,
  schedule: [],
});

describe('a directory that takes another plan', () => {
  const stays = planned('eni-1', '10.0.0.1', '10.0.0.9');
  const moves = planned('eni-2', '10.0.0.2', '10.0.0.9');
  const moved = planned('eni-2', '10.0.0.3');
  const goes = planned('eni-3', '10.0.0.4');
  const directory = new InterfaceDirectory([stays, moves, goes]);
  directory.take([stays, moved]);

  it('finds what is planned now', () =>
    expect(['eni-1', 'eni-2', 'eni-3'].map((id) => directory.find(id))).toEqual([stays, moved, undefined]));

  it('knows the owners of every address as a new directory would', () => {
    const anew = new InterfaceDirectory([stays, moved]);
    for (const address of ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.9'])
      expect(directory.owners(address)).toEqual(anew.owners(address));
  });

  it('still knows two owners of an address after one of them has changed', () => {
    const later = planned('eni-1', '10.0.0.3');
    const shared = new InterfaceDirectory([moved, stays]);
    shared.take([moved, later]);
    expect(shared.owners('10.0.0.3')).toEqual([moved, later]);
    expect(shared.owners('10.0.0.9')).toEqual([]);
  });
});
