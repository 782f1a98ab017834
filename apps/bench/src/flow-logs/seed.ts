import { AggregateStore, newId } from '@flowledger/event-sourcing';
import type { CommandContext, EventMetadata, EventStore } from '@flowledger/event-sourcing';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { flowLogDecider, flowLogStream } from '@flowledger/flow-log';
import { networkDecider, networkStream } from '@flowledger/network';
import type { NetworkCommand } from '@flowledger/network';

export const vpcId = 'vpc-bench0001';
const accountId = '1000000000000001';
const regionId = 'cn-hangzhou';
const eventsPerAppend = 500;

export const interfaceId = (index: number): string => `eni-bench${String(index).padStart(6, '0')}`;

/** Opens the log of a service that does not run. */
export async function offline<T>(directory: string, work: (events: EventStore) => Promise<T>): Promise<T> {
  const events = await EmbeddedEventStore.open({ directory });
  try {
    return await work(events);
  } finally {
    await events.close();
  }
}

function* networkOrders(interfaces: number): Generator<NetworkCommand> {
  yield { type: 'CreateVpc', vpcId, regionId, cidrBlock: '10.0.0.0/8', name: 'bench' };
  const vSwitch = { vSwitchId: 'vsw-bench0001', vpcId, zoneId: 'cn-hangzhou-h' };
  yield { type: 'CreateVSwitch', ...vSwitch, cidrBlock: '10.1.0.0/16', name: 'bench' };
  for (let index = 0; index < interfaces; index++) {
    yield {
      type: 'CreateNetworkInterface',
      networkInterfaceId: interfaceId(index),
      vSwitchId: vSwitch.vSwitchId,
      privateIpAddresses: [`10.1.${1 + (index >> 8)}.${index & 255}`],
      instanceId: `i-bench-${index}`,
      instanceType: 'ecs.g7.large',
    };
  }
}

/** One VPC with this many interfaces: what its decider decides, appended in large pieces. */
export async function seedNetwork(events: EventStore, interfaces: number): Promise<void> {
  const state = { network: networkDecider.initialState() };
  const decided = [...networkOrders(interfaces)].flatMap((command) =>
    networkDecider.decide(command, state.network).map((event) => {
      state.network = networkDecider.evolve(state.network, event);
      return { id: newId(), ...event, metadata: metadataOf(command.type) };
    }),
  );
  let expected: Parameters<EventStore['append']>[1] = 'no-stream';
  for (let from = 0; from < decided.length; from += eventsPerAppend) {
    const batch = decided.slice(from, from + eventsPerAppend);
    ({ revision: expected } = await events.append(networkStream(accountId), expected, batch));
  }
}

/** Renames flow logs until the log has `wanted` events. @returns how many renames that took */
export async function seedRenames(
  events: EventStore,
  flowLogIds: readonly string[],
  wanted: number,
): Promise<number> {
  const aggregates = new AggregateStore(events);
  const missing = wanted - Number((await events.head())?.commit ?? 0n);
  const rename = (index: number) => {
    const flowLogId = flowLogIds[index % flowLogIds.length]!;
    const changes = { description: `Renamed ${index}` };
    const command = { type: 'ChangeFlowLog' as const, accountId, flowLogId, changes };
    return aggregates.handle(flowLogStream(flowLogId), flowLogDecider, command, contextOf());
  };
  for (let from = 0; from < missing; from += eventsPerAppend) {
    const size = Math.min(eventsPerAppend, missing - from);
    await Promise.all(Array.from({ length: size }, (_, offset) => rename(from + offset)));
  }
  return Math.max(0, missing);
}

const metadataOf = (command: string): EventMetadata => ({
  $correlationId: newId(),
  $causationId: newId(),
  actor: 'bench',
  accountId,
  regionId,
  command,
  schemaVersion: 1,
});

const contextOf = (): CommandContext => ({
  commandId: newId(),
  correlationId: newId(),
  causationId: newId(),
  actor: 'bench',
  accountId,
  regionId,
});
