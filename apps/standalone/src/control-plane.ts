import type { CommandBus } from '@nestjs/cqrs';
import { accessProjections } from '@flowledger/access';
import { Explanations } from '@flowledger/audit';
import { collectionScopeProjections } from '@flowledger/collection-scope';
import { deliveryProcess, FlowLogDirectory } from '@flowledger/delivery';
import { erasing } from '@flowledger/erasure';
import type { SubjectKind } from '@flowledger/erasure';
import type { AnyProjection, EventStore } from '@flowledger/event-sourcing';
import { flowLogCommandFor, flowLogLifecycle, flowLogProjections } from '@flowledger/flow-log';
import { logServiceProjections } from '@flowledger/log-service';
import { networkProjections } from '@flowledger/network';
import type { SendCommand } from '@flowledger/process-managers';
import { Worker } from '@flowledger/worker';
import type { Core } from './core';

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

/** Of whatever the log says, with the projections and processes of this service. */
export const explanationsOf = (events: EventStore): Explanations =>
  new Explanations({
    events,
    projections,
    processes: [flowLogLifecycle.name, 'delivery'],
    categories: ['flowLogRegistry-', 'deliveryReports-'],
  });

/** Carries a process manager's command to the lib it is meant for. */
const sendThrough =
  (commands: () => CommandBus): SendCommand =>
  async (sent, context) => {
    const message = flowLogCommandFor(sent, context);
    if (!message) throw new Error(`No lib takes the command ${sent.type}`);
    await commands().execute(message);
  };

/** @param commands the bus exists once the application is built, the worker before it */
export function createWorker(
  { stores, aggregates, progress, probe, config, onFailure }: Core,
  commands: () => CommandBus,
): Worker {
  const { events, readModels, clock } = stores;
  return new Worker({
    events,
    readModels,
    clock,
    aggregates,
    progress,
    probe,
    projections,
    processes: [flowLogLifecycle, deliveryProcess(new FlowLogDirectory(readModels))],
    segments: config.segments,
    leaseMilliseconds: config.leaseMilliseconds,
    send: sendThrough(commands),
    onFailure,
  });
}
