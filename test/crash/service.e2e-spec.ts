import type { FlowLogJson } from '../../apps/api/src/presentation';
import { FlowLogScene } from '../e2e/support/flow-log-scene';
import { ServiceProcess } from '../e2e/support/service-process';
import { numbersOf, range } from '../e2e/support/traffic';

describe('a service that is killed', () => {
  let service: ServiceProcess;
  let scene: FlowLogScene;
  beforeEach(async () => {
    service = await ServiceProcess.start({ FLOWLEDGER_FLOW_LOG_QUOTA: '1000' });
    scene = new FlowLogScene(service.api);
    await scene.build();
  });
  afterEach(() => service.remove());

  const restart = async () => {
    await service.end('SIGKILL');
    await service.start();
  };

  it('under a stream of creations has every acknowledged flow log, and none half made', async () => {
    const { networkInterfaceId } = scene.names.interfaces[0]!;
    const host = scene.names.vSwitch.cidrBlock.replace('0/24', '');
    const acknowledged = new Set<string>();
    for (let round = 0; round < 3; round++) {
      const resources = range(0, 12).map((number) => `${networkInterfaceId}r${round}n${number}`);
      for (const [number, id] of resources.entries()) {
        const privateIpAddresses = [`${host}${100 + round * 12 + number}`];
        const vSwitchId = scene.names.vSwitch.vSwitchId;
        await service.api.post('/network-interfaces', {
          networkInterfaceId: id,
          vSwitchId,
          privateIpAddresses,
        });
      }
      const creations = resources.map(async (resourceId) => {
        const settings = { ...scene.names.flowLog, resourceType: 'NetworkInterface', resourceId };
        const { flowLogId } = await service.api.post<FlowLogJson>('/flow-logs', settings, resourceId);
        acknowledged.add(flowLogId);
      });
      await Promise.race(creations);
      await restart();
      await Promise.allSettled(creations);
    }
    // Every reservation becomes a flow log: those that the kill left without one are finished after the start.
    const events = await service.api.list<{ type: string; data: { flowLogId: string } }>('/events');
    const idsOf = (type: string) =>
      events.filter((event) => event.type === type).map(({ data }) => data.flowLogId);
    const reserved = idsOf('FlowLogReserved');
    expect(reserved).toEqual(expect.arrayContaining([...acknowledged]));
    for (const flowLogId of reserved) await scene.untilStatus('Active', flowLogId);
    const flowLogs = await service.api.list<FlowLogJson>('/flow-logs');
    expect(flowLogs.map(({ flowLogId }) => flowLogId).sort()).toEqual([...reserved].sort());
    expect(new Set(flowLogs.map(({ resourceId }) => resourceId)).size).toBe(flowLogs.length);
  }, 90_000);

  it('between spool and delivery shows the entries of every acknowledged import exactly once', async () => {
    await scene.createFlowLog();
    const acknowledged: number[] = [];
    for (let round = 0; round < 3; round++) {
      const first = round * 40;
      const imports = range(0, 8).map(async (step) => {
        const numbers = range(first + step * 5, first + step * 5 + 5);
        await scene.import(numbers[0]!, numbers.at(-1)! + 1);
        acknowledged.push(...numbers);
      });
      await Promise.race(imports);
      await restart();
      await Promise.allSettled(imports);
    }
    await scene.untilDelivery({ spooledEntries: 0 });
    const shown = numbersOf(await scene.entries());
    // One that was not acknowledged may be there, too, but nothing is there twice.
    expect(new Set(shown).size).toBe(shown.length);
    expect(shown).toEqual(expect.arrayContaining(acknowledged));
    expect(acknowledged.length).toBeGreaterThanOrEqual(15);
  }, 90_000);

  it('politely exits with 0 and has lost nothing', async () => {
    await scene.createFlowLog();
    await scene.import(0, 5);
    await scene.deleteLogstore();
    await scene.untilDelivery({ delivery: { state: 'Stopped' } });
    await scene.import(5, 9);
    expect(await service.end('SIGTERM')).toBe(0);
    await service.start();
    expect(await scene.delivery()).toMatchObject({
      deliverStatus: 'SUCCESS',
      delivery: { state: 'Stopped' },
    });
    await scene.createLogstore();
    await scene.order('start');
    await scene.untilDelivery({ delivery: { state: 'Delivering' }, spooledEntries: 0 });
    expect(numbersOf(await scene.entries())).toEqual(range(5, 9));
  }, 60_000);
});
