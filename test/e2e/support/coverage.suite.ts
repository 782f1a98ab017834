import { FlowLogScene } from './flow-log-scene';
import type { ServiceUnderTest } from './story.suite';
import { firstSecond, numbersOf, oneFlow, range } from './traffic';

interface Collection {
  readonly effectiveInterval: number | null;
  readonly next: { effectiveInterval: number | null; from: string } | null;
  readonly flowLogs: readonly { flowLogId: string; included: boolean; reason: string }[];
}

/** Which interfaces a flow log covers, and what two flow logs on one interface do to each other. */
export function coverageSuite(service: ServiceUnderTest): void {
  describe('an interface under two flow logs', () => {
    it('is collected at the shorter interval, and each gets its own traffic', async () => {
      const { api } = service();
      const scene = new FlowLogScene(api);
      await scene.build();
      const [covered] = scene.names.interfaces;
      const { networkInterfaceId, privateIpAddresses } = covered!;
      await scene.createFlowLog({ aggregationInterval: 10 });
      const collection = () => api.get<Collection>(`/network-interfaces/${networkInterfaceId}/collection`);
      const capture = oneFlow(privateIpAddresses[0]!, [0, 60, 120, 300, 480]);
      expect(await scene.upload(capture, covered)).toMatchObject({ entries: 1 });

      await api.post(`${scene.projectPath}/logstores`, { logstoreName: 'dropped' });
      const dropped = await scene.createFlowLog({
        resourceType: 'NetworkInterface',
        resourceId: networkInterfaceId,
        trafficType: 'Drop',
        aggregationInterval: 1,
        logstoreName: 'dropped',
      });
      const now = await collection();
      expect(now.next?.effectiveInterval ?? now.effectiveInterval).toBe(1);
      expect(now.flowLogs.map(({ flowLogId, included }) => [flowLogId, included]).sort()).toEqual(
        [
          [scene.flowLogId, true],
          [dropped, true],
        ].sort(),
      );
      expect(await scene.upload(capture, covered)).toMatchObject({ entries: 5 });
      const windows = (await scene.entries()).map((entry) => Number(entry['start']) - firstSecond);
      expect(windows.sort((a, b) => a - b)).toEqual([0, 0, 60, 120, 300, 480]);
      const { entries } = await api.get<{ entries: unknown[] }>(
        `${scene.projectPath}/logstores/dropped/logs?from=${firstSecond}&to=${firstSecond + 600}`,
      );
      expect(entries).toEqual([]);
    });
  });

  describe('an interface that is added to a covered VPC later', () => {
    it('is covered from then on', async () => {
      const { api } = service();
      const scene = await FlowLogScene.set(api);
      const [sibling] = scene.names.interfaces;
      const added = {
        ...sibling!,
        networkInterfaceId: `${sibling!.networkInterfaceId}later`,
        privateIpAddresses: [sibling!.privateIpAddresses[0]!.replace(/10$/, '77')],
        instanceId: `${sibling!.instanceId}later`,
      };
      await api.post('/network-interfaces', added);
      expect(await scene.import(0, 3, added)).toMatchObject({ entries: 3 });
      const entries = await scene.entries(`eni-id:${added.networkInterfaceId}`);
      expect(numbersOf(entries)).toEqual(range(0, 3));
    });
  });

  describe('an interface of an instance family without advanced features', () => {
    it('is left out, with the reason', async () => {
      const { api } = service();
      const scene = await FlowLogScene.set(api);
      const [sibling] = scene.names.interfaces;
      const old = {
        ...sibling!,
        networkInterfaceId: `${sibling!.networkInterfaceId}old`,
        privateIpAddresses: [sibling!.privateIpAddresses[0]!.replace(/10$/, '78')],
        instanceId: `${sibling!.instanceId}old`,
        instanceType: 'ecs.n4.small',
      };
      await api.post('/network-interfaces', old);
      const scope = await api.list<{ networkInterfaceId: string; included: boolean; reason: string }>(
        `${scene.path}/network-interfaces`,
      );
      expect(scope).toContainEqual(
        expect.objectContaining({
          networkInterfaceId: old.networkInterfaceId,
          included: false,
          reason: 'InstanceFamilyNotSupported',
        }),
      );
      expect(scope.filter(({ included }) => included)).toHaveLength(2);
      expect(await scene.import(0, 3, old)).toMatchObject({ packets: 3, entries: 0 });
    });
  });
}
