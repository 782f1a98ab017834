import type { CommandRefused, Input, TimerFired } from '@flowledger/event-sourcing';
import type { StopReason } from '@flowledger/flow-log';
import { awaitsPlan, completions } from './delivery.inputs';
import type { AwaitsPlan, DeliveryInput } from './delivery.inputs';

/** The first input that told of something, and what it told. */
export interface TargetGone {
  readonly logstoreId: string;
  readonly reason: StopReason;
  readonly toldBy: string;
}

/**
 * What the saga knows. Things that go together (an event and the plan that covers it, a binding and the deletion of
 * its logstore) are kept from both sides, so that the second one acts, whichever it is.
 */
export interface Delivery {
  readonly flowLogId: string;
  /** The logstore it is bound to now. */
  readonly logstoreId: string | null;
  /** Logstores it was ever bound to, latest last. */
  readonly bindings: readonly string[];
  readonly gone: readonly TargetGone[];
  /** Events that wait, or waited, for a plan; latest last. */
  readonly awaited: readonly { readonly eventId: string; readonly completion: Completion }[];
  /** Events that an acknowledged plan covers; latest last. */
  readonly covered: readonly string[];
  readonly lastReport: number;
  readonly expiredEntries: number;
  readonly deletionStarted: boolean;
  /** All is delivered, or the time is over. */
  readonly drained: boolean;
  /** The input that ended the deletion. */
  readonly deletionEndedBy: string | null;
}

export type Completion = (typeof completions)[AwaitsPlan];
export type DeliveryTold = Input<DeliveryInput | TimerFired | CommandRefused>;

export const unknownDelivery: Delivery = {
  flowLogId: '',
  logstoreId: null,
  bindings: [],
  gone: [],
  awaited: [],
  covered: [],
  lastReport: 0,
  expiredEntries: 0,
  deletionStarted: false,
  drained: false,
  deletionEndedBy: null,
};

/** Operations of one flow log do not overlap, so a pair is never this far apart. */
const remembered = 32;
const latest = <Item>(items: readonly Item[], item: Item): Item[] => [...items, item].slice(-remembered);

export function evolveDelivery(before: Delivery, input: DeliveryTold): Delivery {
  const delivery = learn(before, input);
  const ends = delivery.deletionStarted && delivery.drained && delivery.deletionEndedBy === null;
  return ends ? { ...delivery, deletionEndedBy: input.id } : delivery;
}

function learn(before: Delivery, input: DeliveryTold): Delivery {
  const delivery = awaitsPlan(input.type)
    ? {
        ...before,
        awaited: latest(before.awaited, { eventId: input.id, completion: completions[input.type] }),
      }
    : before;
  switch (input.type) {
    case 'FlowLogCreated':
    case 'FlowLogStarted': {
      const { flowLogId, logstoreId } = input.data;
      const bindings = logstoreId === null ? delivery.bindings : latest(delivery.bindings, logstoreId);
      return { ...delivery, flowLogId, logstoreId, bindings };
    }
    case 'FlowLogDeletionStarted':
      return { ...delivery, flowLogId: input.data.flowLogId, deletionStarted: true };
    case 'LogstoreDeleted':
      return withGone(delivery, input.id, [input.data.logstoreId], 'LogstoreDeleted');
    case 'ProjectDeleted': {
      const logstoreIds = input.data.logstores.map(({ logstoreId }) => logstoreId);
      return withGone(delivery, input.id, logstoreIds, 'ProjectDeleted');
    }
    case 'PlanAcknowledged':
      return {
        ...delivery,
        flowLogId: input.data.flowLogId,
        covered: latest(delivery.covered, input.data.covers),
      };
    case 'DeliveryReported':
      return reported(delivery, input);
    case 'TimerFired':
      return { ...delivery, drained: true };
    default:
      return delivery;
  }
}

function reported(
  before: Delivery,
  { id, data }: Input<DeliveryInput> & { type: 'DeliveryReported' },
): Delivery {
  const delivery = {
    ...before,
    flowLogId: data.flowLogId,
    lastReport: Math.max(before.lastReport, data.sequence),
    expiredEntries: data.expiredEntries ?? before.expiredEntries,
  };
  if (data.outcome === 'drained') return { ...delivery, drained: true };
  if (data.outcome !== 'target-missing' || data.logstoreId === null) return delivery;
  const reason = data.message === 'ProjectNotExist' ? 'ProjectDeleted' : 'LogstoreDeleted';
  return withGone(delivery, id, [data.logstoreId], reason);
}

const withGone = (
  delivery: Delivery,
  toldBy: string,
  logstoreIds: readonly string[],
  reason: StopReason,
): Delivery => {
  const news = logstoreIds.filter((id) => !delivery.gone.some(({ logstoreId }) => logstoreId === id));
  return {
    ...delivery,
    gone: [...delivery.gone, ...news.map((logstoreId) => ({ logstoreId, reason, toldBy }))],
  };
};
