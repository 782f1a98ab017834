import type { CommandBus } from '@nestjs/cqrs';
import { Explanations } from '@flowledger/audit';
import { deliveryProcess, FlowLogDirectory } from '@flowledger/delivery';
import type { EventStore, ReadModelStore } from '@flowledger/event-sourcing';
import { flowLogCommandFor, flowLogLifecycle } from '@flowledger/flow-log';
import type { SendCommand } from '@flowledger/process-managers';
import { Worker } from '@flowledger/worker';
import type { Core } from './core';
import { projections } from './projections';

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

/** What runs beside the projections, over these read models. */
export const processesOver = (readModels: ReadModelStore) =>
  [flowLogLifecycle, deliveryProcess(new FlowLogDirectory(readModels))] as const;

/** @param commands the bus exists once the application is built, the worker before it */
export function createWorker(
  { stores, aggregates, progress, probe, config, onFailure }: Core,
  commands: () => CommandBus,
): Worker {
  const { events, stored, readModels, clock } = stores;
  return new Worker({
    events,
    readModels: stored,
    serving: readModels,
    clock,
    aggregates,
    progress,
    probe,
    projections,
    processes: processesOver(readModels),
    segments: config.segments,
    leaseMilliseconds: config.leaseMilliseconds,
    claimPauseMilliseconds: config.role === 'worker' ? 1_000 : 0,
    send: sendThrough(commands),
    onFailure,
  });
}
