import type { ProcessEvent, ProcessStepTaken, Projection, ReadModel } from '@flowledger/event-sourcing';

/** A timer that has been set and has not fired. */
export interface PendingTimer {
  readonly process: string;
  readonly instance: string;
  readonly timerId: string;
  readonly dueAt: string;
  readonly correlationId: string;
  readonly accountId: string;
  readonly regionId?: string;
}

export const pendingTimers: ReadModel<PendingTimer> = {
  name: 'process-timers',
  version: 1,
  fields: ['process'],
};

/** Keeps the timers of one process manager findable, so that a restart need not read all of its streams. */
export const processTimersProjection = (process: string): Projection<PendingTimer, ProcessEvent> => ({
  readModel: pendingTimers,
  streamPrefixes: [`${process}-`],
  documentIds({ stream, type, data }) {
    if (type !== 'ProcessStepTaken') return undefined;
    const { timers, input } = data as ProcessStepTaken['data'];
    return [
      ...timers.map(({ timerId }) => `${stream}/${timerId}`),
      ...(input.type === 'TimerFired' ? [`${stream}/${firedTimer(input.data)}`] : []),
    ];
  },
  evolve(pending, { stream, data: step }, documentId) {
    const data = step as ProcessStepTaken['data'];
    const set = data.timers.find(({ timerId }) => `${stream}/${timerId}` === documentId);
    if (!set) return undefined;
    const { correlationId, accountId, regionId } = data.input;
    const instance = stream.slice(process.length + 1);
    return pending ?? { process, instance, ...set, correlationId, accountId, regionId };
  },
});

const firedTimer = (data: unknown): string => (data as { timerId: string }).timerId;
