import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Clock, newId } from '@flowledger/event-sourcing';
import type { Event } from '@flowledger/event-sourcing';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { accountId, flowLogCreated, interfaceCreated } from '../testing/scope-events';
import { CollectionHistory } from './collection-history';

const seconds = (clock: string): number => Date.parse(`2026-01-01T${clock}.000Z`) / 1000;

class SetClock extends Clock {
  time = seconds('00:00:00');

  epochMilliseconds(): number {
    return this.time * 1000;
  }
}

describe('the collection history of an account', () => {
  const clock = new SetClock();
  let directory: string;
  let events: EmbeddedEventStore;

  const happen = async (stream: string, at: string, event: Event, account = accountId): Promise<void> => {
    clock.time = seconds(at);
    const id = newId();
    const metadata = {
      $correlationId: id,
      $causationId: id,
      actor: 'a',
      accountId: account,
      command: 'C',
      schemaVersion: 1,
    };
    await events.append(stream, 'any', [{ ...event, id, metadata }]);
  };

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'history-'));
    events = await EmbeddedEventStore.open({ directory, clock });
    const network = `network-${accountId}`;
    const flowLogId = 'fl-1';
    await happen(network, '01:00:00', interfaceCreated('eni-1', '10.0.0.1'));
    await happen('flowLog-fl-1', '02:00:00', flowLogCreated(flowLogId));
    const moved = { networkInterfaceId: 'eni-1', vpcId: 'vpc-1', privateIpAddresses: ['10.0.0.9'] };
    await happen(network, '03:00:00', { type: 'NetworkInterfaceAddressesChanged', data: moved });
    await happen('flowLog-fl-1', '04:00:00', {
      type: 'FlowLogIntervalChanged',
      data: { flowLogId, from: 5, to: 1 },
    });
    await happen('flowLog-fl-1', '05:00:00', { type: 'FlowLogStopped', data: { flowLogId } });
    await happen(network, '06:00:00', {
      type: 'NetworkInterfaceDeleted',
      data: { networkInterfaceId: 'eni-1', vSwitchId: 'vsw-1', vpcId: 'vpc-1' },
    });
    await happen('network-2', '01:00:00', interfaceCreated('eni-foreign', '10.0.0.1'), '2');
  });

  afterAll(async () => {
    await events.close();
    rmSync(directory, { recursive: true });
  });

  const interfaceAt = async (at: string) =>
    (await CollectionHistory.read(events, accountId)).interfacesAt(seconds(at));

  it('knows no interface before its creation and after its deletion', async () => {
    expect(await interfaceAt('00:30:00')).toEqual([]);
    expect(await interfaceAt('07:00:00')).toEqual([]);
  });

  it('gives the addresses of the time', async () => {
    expect(await interfaceAt('02:30:00')).toMatchObject([{ addresses: ['10.0.0.1'] }]);
    expect(await interfaceAt('03:30:00')).toMatchObject([{ addresses: ['10.0.0.9'] }]);
  });

  it('keeps every period of the schedule, however long ago', async () => {
    const [networkInterface] = await interfaceAt('02:30:00');
    expect(
      networkInterface!.schedule.map(({ from, aggregationInterval }) => [from, aggregationInterval]),
    ).toEqual([
      [0, null],
      [seconds('02:00:00'), 5],
      [seconds('04:00:00'), 1],
      [seconds('05:00:00'), null],
    ]);
  });

  it('gives the same array while nothing changes', async () => {
    const history = await CollectionHistory.read(events, accountId);
    expect(history.interfacesAt(seconds('02:10:00'))).toBe(history.interfacesAt(seconds('02:50:00')));
  });
});
