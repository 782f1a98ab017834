import type { CommandBus } from '@nestjs/cqrs';
import { accessProjections } from '@flowledger/access';
import { collectionScopeProjections } from '@flowledger/collection-scope';
import { deliveryProcess, FlowLogDirectory } from '@flowledger/delivery';
import { erasing } from '@flowledger/erasure';
import type { SubjectKind } from '@flowledger/erasure';
import type { AggregateStore } from '@flowledger/event-sourcing';
import type { AnyProjection, HeadProbe } from '@flowledger/event-sourcing';
import type { SendCommand } from '@flowledger/process-managers';
import { flowLogCommandFor, flowLogLifecycle, flowLogProjections } from '@flowledger/flow-log';
import { logServiceProjections } from '@flowledger/log-service';
import { networkProjections } from '@flowledger/network';
import { Worker } from '@flowledger/worker';
import type { CollectionPlans } from '@flowledger/worker';
import type { ControlPlaneReports } from './control-plane-reports';
import type { Stores } from './stores';

const texts = ['name', 'description'];
/** Read models that show free text, whose it is, and in which members. */
const erasable: Readonly<Record<string, readonly [SubjectKind, readonly string[]]>> = {
  tokens: ['token', ['name']],
  'flow-log-status': ['flowLog', texts],
  vpcs: ['vpc', texts],
  'v-switches': ['vSwitch', texts],
  projects: ['project', ['description']],
};

export const projections: readonly AnyProjection[] = [
  ...networkProjections,
  ...logServiceProjections,
  ...accessProjections,
  ...flowLogProjections,
  ...collectionScopeProjections,
].map((projection) => {
  const [kind, members] = erasable[projection.readModel.name] ?? [];
  return kind && members ? erasing(projection, kind, members) : projection;
});

/** Carries a process manager's command to the lib it is meant for. */
const sendThrough =
  (commands: () => CommandBus): SendCommand =>
  async (sent, context) => {
    const message = flowLogCommandFor(sent, context);
    if (!message) throw new Error(`No lib takes the command ${sent.type}`);
    await commands().execute(message);
  };

export interface ControlPlaneOptions {
  readonly stores: Stores;
  readonly aggregates: AggregateStore;
  readonly plans: CollectionPlans;
  readonly probe: HeadProbe;
  readonly reports: ControlPlaneReports;
  /** The bus exists once the application is built, the worker before it. */
  readonly commands: () => CommandBus;
  readonly onFailure: (what: string, error: unknown) => void;
}

export function createWorker({
  stores,
  aggregates,
  plans,
  probe,
  reports,
  commands,
  onFailure,
}: ControlPlaneOptions): Worker {
  return new Worker({
    ...stores,
    aggregates,
    projections,
    processes: [flowLogLifecycle, deliveryProcess(new FlowLogDirectory(stores.readModels))],
    plans,
    probe,
    send: sendThrough(commands),
    acknowledge: (flowLogs, plan) => reports.acknowledge(flowLogs, plan),
    onFailure,
  });
}
