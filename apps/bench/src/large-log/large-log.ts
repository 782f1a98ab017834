import { upcasters } from '@flowledger/event-catalogue';
import { newId } from '@flowledger/event-sourcing';
import type { Event, EventMetadata, NewEvent } from '@flowledger/event-sourcing';
import { deliveryReportsStream } from '@flowledger/delivery';
import type { DeliveryReportEvent } from '@flowledger/delivery';
import { flowLogStream } from '@flowledger/flow-log';
import { projectStream } from '@flowledger/log-service';
import type { ProjectEvent } from '@flowledger/log-service';
import { networkStream } from '@flowledger/network';
import type { NetworkEvent } from '@flowledger/network';
import { accountOf, accounts, flowLogIdOf, lifeEvent } from './flow-log-life';

/** An event on its way into the log, with the stream that it belongs to. */
export interface StreamEvent {
  readonly stream: string;
  readonly event: NewEvent;
}

/** Every flow log gets one event a round. A hundred rounds leave none of them waiting for anything. */
export interface LogShape {
  readonly flowLogs: number;
  readonly rounds: number;
}

/**
 * The log of a service that has run for long: in each round every flow log gets its next event, so that neighbours in
 * the log are never of the same document. Of twenty rounds two are reports of the collector and one changes interfaces.
 * The same shape gives the same events, apart from their ids.
 */
export function* largeLog({ flowLogs, rounds }: LogShape): Generator<StreamEvent> {
  yield* beginnings();
  for (let round = 0, lived = 0; round < rounds; round++) {
    const happening = round % 20 === 10 ? network : round % 10 === 5 ? report : life;
    for (let index = 0; index < flowLogs; index++) yield happening(index, happening === life ? lived : round);
    if (happening === life) lived += 1;
  }
}

const life = (index: number, at: number): StreamEvent =>
  recorded(flowLogStream(flowLogIdOf(index)), accountOf(index), lifeEvent(index, at));

/** The interface of the flow log: created in the first such round, with another address from then on. */
function network(index: number, round: number): StreamEvent {
  const ids = { networkInterfaceId: `eni-bench${index}`, vpcId: `vpc-bench${index % accounts}` };
  const privateIpAddresses = [`10.${(index >> 8) & 255}.${index & 255}.${round & 255}`];
  const attached = { instanceId: `i-bench${index}`, instanceType: 'ecs.g7.large' };
  const place = { vSwitchId: `vsw-bench${index % accounts}`, regionId: 'cn-hangzhou' };
  const event: NetworkEvent =
    round < 20
      ? { type: 'NetworkInterfaceCreated', data: { ...ids, ...place, privateIpAddresses, ...attached } }
      : { type: 'NetworkInterfaceAddressesChanged', data: { ...ids, privateIpAddresses } };
  return recorded(networkStream(accountOf(index)), accountOf(index), event);
}

function report(index: number, round: number): StreamEvent {
  const flowLogId = flowLogIdOf(index);
  const outcome = round % 20 < 10 ? 'stalled' : 'delivering';
  const detail = 'the destination did not answer in 5 s';
  const data = { flowLogId, sequence: round, outcome, logstoreId: `ls-bench${index % 5}`, detail } as const;
  const event: DeliveryReportEvent = { type: 'DeliveryReported', data };
  return recorded(deliveryReportsStream(flowLogId), accountOf(index), event);
}

function* beginnings(): Generator<StreamEvent> {
  const [projectName, regionId] = ['bench-project', 'cn-hangzhou'];
  const projectEvents: ProjectEvent[] = [
    {
      type: 'ProjectCreated',
      data: { projectName, regionId, text: { description: '' }, accountId: accountOf(0) },
    },
    ...Array.from({ length: 5 }, (_, index): ProjectEvent => {
      const names = { logstoreName: `logstore-${index}`, logstoreId: `ls-bench${index}` };
      return { type: 'LogstoreCreated', data: { projectName, ...names, ttl: 30 } };
    }),
  ];
  for (const event of projectEvents) yield recorded(projectStream(projectName), accountOf(0), event);
  for (let index = 0; index < accounts; index++) {
    const ids = { vpcId: `vpc-bench${index}`, regionId };
    const text = { name: 'bench', description: '' };
    const stream = networkStream(accountOf(index));
    yield recorded(stream, accountOf(index), {
      type: 'VpcCreated',
      data: { ...ids, cidrBlock: '10.0.0.0/8', text },
    } satisfies NetworkEvent);
  }
}

const recorded = (stream: string, accountId: string, { type, data }: Event): StreamEvent => {
  const id = newId();
  const metadata: EventMetadata = {
    $correlationId: id,
    $causationId: id,
    actor: 'system:bench',
    accountId,
    regionId: 'cn-hangzhou',
    command: 'ChangeFlowLog',
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    spanId: '00f067aa0ba902b7',
    schemaVersion: upcasters.versionOf(type) ?? 1,
  };
  return { stream, event: { id, type, data, metadata } };
};
