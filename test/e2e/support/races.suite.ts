import type { FlowLogJson } from '../../../apps/api/src/presentation';
import type { Problem } from './api-client';
import { FlowLogScene } from './flow-log-scene';
import { quota } from './story.suite';
import type { ServiceUnderTest } from './story.suite';

const racers = 20;

/** Creations that race over HTTP. The last suite: it uses the quota up. */
export function racesSuite(service: ServiceUnderTest): void {
  const raceOf = async (settings: (racer: number) => object) => {
    const answers = await Promise.all(
      Array.from({ length: racers }, (_, racer) =>
        service().api.send<Problem & FlowLogJson>('POST', '/api/v1/flow-logs', settings(racer)),
      ),
    );
    return answers.map(({ status, body }) => (status === 201 ? '201' : `${status} ${body.code}`)).sort();
  };
  const existing = () => service().api.list<FlowLogJson>('/flow-logs');

  describe('twenty creations of the same flow log at once', () => {
    it('make one, and tell every other that it exists', async () => {
      const scene = new FlowLogScene(service().api);
      await scene.build();
      const outcomes = await raceOf(() => scene.names.flowLog);
      expect(outcomes).toEqual(['201', ...Array<string>(racers - 1).fill('409 FlowLogAlreadyExists')]);
      const made = (await existing()).filter(({ resourceId }) => resourceId === scene.names.vpc.vpcId);
      expect(made).toHaveLength(1);
      scene.flowLogId = made[0]!.flowLogId;
      await scene.untilStatus('Active');
    });
  });

  describe('twenty creations for fewer places', () => {
    it('fill the quota and never exceed it', async () => {
      const { api } = service();
      const scene = new FlowLogScene(api);
      await scene.build();
      const { vSwitch, interfaces, flowLog } = scene.names;
      const resources = Array.from(
        { length: racers },
        (_, racer) => `${interfaces[0]!.networkInterfaceId}r${racer}`,
      );
      for (const [racer, networkInterfaceId] of resources.entries()) {
        await api.post('/network-interfaces', {
          networkInterfaceId,
          vSwitchId: vSwitch.vSwitchId,
          privateIpAddresses: [vSwitch.cidrBlock.replace('0/24', `${100 + racer}`)],
        });
      }
      const free = quota - (await existing()).length;
      expect(free).toBeGreaterThan(0);
      expect(free).toBeLessThan(racers);
      const outcomes = await raceOf((racer) => ({
        ...flowLog,
        resourceType: 'NetworkInterface',
        resourceId: resources[racer],
      }));
      expect(outcomes.filter((outcome) => outcome === '201')).toHaveLength(free);
      const refused = outcomes.filter((outcome) => outcome !== '201');
      expect(new Set(refused)).toEqual(new Set(['409 QuotaExceeded']));
      expect(await existing()).toHaveLength(quota);
    });
  });
}
