import type { ProcessEvent, Projection, ReadModel, Recorded } from '@flowledger/event-sourcing';

/** An instance of a process manager that does not go on by itself, or not yet. */
export interface BlockedProcess {
  readonly process: string;
  readonly instance: string;
  readonly accountId: string;
  /** `stopped`: waits for an operator. `retrying`: tries again at `retryAt`. `resuming`: sends what had to wait. */
  readonly status: 'stopped' | 'retrying' | 'resuming' | 'parked';
  /** ISO 8601: since when. */
  readonly since: string;
  readonly command?: {
    readonly commandId: string;
    readonly commandType: string;
    readonly step: string;
    readonly attempts: number;
    readonly reason: string;
  };
  readonly retryAt?: string;
  /** Inputs that the process manager could not deal with, and those behind them. */
  readonly parkedInputs: number;
  readonly parkedReason?: string;
}

export const blockedProcesses: ReadModel<BlockedProcess> = {
  name: 'blocked-processes',
  version: 1,
  fields: ['process', 'status', 'since'],
};

/** Keeps what stands still findable, so that a restart need not read all streams, and an operator sees it. */
export const blockedProcessesProjection = (process: string): Projection<BlockedProcess, ProcessEvent> => ({
  readModel: blockedProcesses,
  streamPrefixes: [`${process}-`],
  documentIds: ({ stream }) => stream,
  evolve(before, event) {
    const { type, data, stream, recordedAt, metadata } = event as Recorded<ProcessEvent>;
    const blocked: BlockedProcess = before ?? {
      process,
      instance: stream.slice(process.length + 1),
      accountId: metadata.accountId,
      status: 'parked',
      since: recordedAt,
      parkedInputs: 0,
    };
    switch (type) {
      case 'ProcessStepTaken':
        // Taken while others are parked, it is one of them.
        return before && unlessFree({ ...before, parkedInputs: Math.max(0, before.parkedInputs - 1) });
      case 'ProcessInputParked': {
        const parkedReason = blocked.parkedReason ?? data.reason;
        return { ...blocked, parkedInputs: blocked.parkedInputs + 1, parkedReason };
      }
      case 'ProcessCommandFailed': {
        const { commandId, commandType, step, attempt: attempts, reason, answer, retryAt } = data;
        const status = answer === 'stop' ? 'stopped' : answer === 'retry' ? 'retrying' : 'resuming';
        const { retryAt: _, ...rest } = blocked;
        const command = { commandId, commandType, step, attempts, reason };
        return { ...rest, status, command, ...(retryAt && { retryAt }) };
      }
      case 'ProcessCommandReleased':
        return { ...blocked, status: 'resuming' };
      case 'ProcessCommandsResumed': {
        const { command: _, retryAt: __, ...free } = blocked;
        return unlessFree({ ...free, status: 'parked' });
      }
    }
  },
});

const unlessFree = (blocked: BlockedProcess): BlockedProcess | undefined =>
  blocked.command || blocked.parkedInputs > 0 ? blocked : undefined;
