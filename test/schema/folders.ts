import { accessDecider } from '@flowledger/access';
import { deliveryProcess } from '@flowledger/delivery';
import { fold } from '@flowledger/event-sourcing';
import { processDecider } from '@flowledger/process-managers';
import type { AnyProjection, Decider, RecordedEvent } from '@flowledger/event-sourcing';
import { erasureDecider } from '@flowledger/erasure';
import { flowLogDecider, flowLogLifecycle } from '@flowledger/flow-log';
import { projectDecider } from '@flowledger/log-service';
import { networkDecider } from '@flowledger/network';
import { receiptDecider } from '../../apps/api/src/http/request-receipt.decider';
import { projections } from '../../apps/standalone/src/projections';
import { deliveryReportDecider } from '../../libs/delivery/src/domain/delivery-report.decider';
import { flowLogRegistryDecider } from '../../libs/flow-log/src/domain/flow-log-registry.decider';
import { categoryOf } from './samples';

const nobody = { flowLogsBoundTo: async () => [], flowLogsOn: async () => [] };
/** Names commands; only `decide` asks for it. */
const unused = '' as never;

type AnyDecider = Pick<Decider<unknown, never, never>, 'initialState' | 'evolve'>;

/** What folds the streams of each category. */
export const deciders: Readonly<Record<string, AnyDecider>> = {
  access: accessDecider,
  delivery: processDecider(deliveryProcess(nobody), unused),
  deliveryReports: deliveryReportDecider,
  erasures: erasureDecider,
  flowLog: flowLogDecider,
  flowLogLifecycle: processDecider(flowLogLifecycle, unused),
  flowLogRegistry: flowLogRegistryDecider,
  network: networkDecider,
  project: projectDecider,
  request: receiptDecider,
};

/**
 * Folds the events, which are in current shapes, as a service would: each stream category by its decider, all of them by
 * the read models. @throws what a decider or a projection throws, and for a category that has no decider here
 */
export function foldAll(
  events: readonly RecordedEvent[],
  readModels: readonly AnyProjection[] = projections,
): void {
  for (const category of new Set(events.map(({ stream }) => categoryOf(stream)))) {
    const decider = deciders[category];
    if (!decider) throw new Error(`Nothing in test/schema/folders.ts folds the streams ${category}-…`);
    fold(decider, events.filter(({ stream }) => categoryOf(stream) === category) as never[]);
  }
  const documents = new Map<string, object | undefined>();
  for (const event of events) {
    for (const projection of readModels) {
      if (!projection.streamPrefixes.some((prefix) => event.stream.startsWith(prefix))) continue;
      for (const id of [projection.documentIds(event) ?? []].flat()) {
        const key = `${projection.readModel.name}/${id}`;
        documents.set(key, projection.evolve(documents.get(key), event, id));
      }
    }
  }
}
