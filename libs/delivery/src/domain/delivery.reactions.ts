import type { ProcessInput, Reaction } from '@flowledger/event-sourcing';
import { awaitsPlan } from './delivery.inputs';
import type { DeliveryCommand } from './delivery.inputs';
import type { Completion, Delivery, DeliveryTold } from './delivery.state';
import type { DeliveryReported } from './delivery-report.events';

/** What the target accepts in this time after a deletion was asked for is still delivered (DD-30). */
const drainMilliseconds = 30_000;

/** `delivery` already includes the input. */
export function reactTo(delivery: Delivery, input: DeliveryTold): Reaction<DeliveryCommand> {
  const commands = [
    ...completed(delivery, input),
    ...stopped(delivery, input),
    ...conditions(delivery, input),
    ...deleted(delivery, input),
  ];
  const timers = input.type === 'FlowLogDeletionStarted' ? [drainTimer(input)] : [];
  return { ...(commands.length > 0 && { commands }), ...(timers.length > 0 && { timers }) };
}

const drainTimer = ({ id, at }: ProcessInput): { timerId: string; dueAt: string } => ({
  timerId: `drain/${id}`,
  dueAt: new Date(Date.parse(at) + drainMilliseconds).toISOString(),
});

/** The event that waits and the acknowledged plan that covers it: the second of the two completes. */
function completed({ flowLogId, awaited, covered }: Delivery, input: DeliveryTold): DeliveryCommand[] {
  const complete = (type: Completion): DeliveryCommand => ({ type, flowLogId });
  if (input.type === 'PlanAcknowledged') {
    return awaited
      .filter(({ eventId }) => eventId === input.data.covers)
      .map(({ completion }) => complete(completion));
  }
  if (!awaitsPlan(input.type) || !covered.includes(input.id)) return [];
  return awaited.filter(({ eventId }) => eventId === input.id).map(({ completion }) => complete(completion));
}

/** The binding and the end of its logstore, whoever told of it first: the silent stop. */
function stopped({ flowLogId, bindings, gone }: Delivery, input: DeliveryTold): DeliveryCommand[] {
  const binds = input.type === 'FlowLogCreated' || input.type === 'FlowLogStarted';
  return gone
    .filter(({ logstoreId, toldBy }) =>
      binds ? logstoreId === input.data.logstoreId : toldBy === input.id && bindings.includes(logstoreId),
    )
    .map(({ logstoreId, reason }) => ({ type: 'StopDelivery', flowLogId, logstoreId, reason }));
}

/** What passes by itself, and what does not but is no deletion: these do show. */
function conditions(delivery: Delivery, input: DeliveryTold): DeliveryCommand[] {
  const { flowLogId, logstoreId, lastReport } = delivery;
  switch (input.type) {
    case 'FlowLogCreated':
      // The target vanished between reservation and creation. There is no logstore to be silent about, so it shows.
      return input.data.logstoreId === null
        ? [unavailable(flowLogId, 'The logstore was gone before the flow log was created')]
        : [];
    case 'DeliveryReported': {
      const late = input.data.sequence < lastReport || input.data.logstoreId !== logstoreId;
      return late ? [] : conditionReported(input.data);
    }
    case 'VpcDeleted':
      return [gone(delivery, input.data.vpcId)];
    case 'VSwitchDeleted':
      return [gone(delivery, input.data.vSwitchId)];
    case 'NetworkInterfaceDeleted':
      return [gone(delivery, input.data.networkInterfaceId)];
    default:
      return [];
  }
}

function conditionReported(report: DeliveryReported['data']): DeliveryCommand[] {
  const { flowLogId, outcome, detail, message = 'UnknownError', logstoreId } = report;
  switch (outcome) {
    case 'delivering':
      return [{ type: 'RecoverDelivery', flowLogId }];
    case 'degraded':
      return [{ type: 'DegradeDelivery', flowLogId, detail }];
    case 'stalled':
      return [{ type: 'StallDelivery', flowLogId, message, detail }];
    case 'target-missing':
      return logstoreId === null ? [unavailable(flowLogId, detail)] : [];
    case 'drained':
      return [];
  }
}

const unavailable = (flowLogId: string, detail: string): DeliveryCommand => ({
  type: 'StallDelivery',
  flowLogId,
  message: 'UnavaliableTarget',
  detail,
});

const gone = ({ flowLogId }: Delivery, resourceId: string): DeliveryCommand => ({
  type: 'ResourceGone',
  flowLogId,
  resourceId,
});

/** Drained or out of time, whichever comes first. What the collector did not count is not guessed. */
function deleted(delivery: Delivery, { id }: ProcessInput): DeliveryCommand[] {
  const { flowLogId, deletionEndedBy, expiredEntries } = delivery;
  return deletionEndedBy === id ? [{ type: 'CompleteDeletion', flowLogId, expiredEntries }] : [];
}
