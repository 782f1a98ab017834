import { CheckpointLog, SigningKey } from '@flowledger/audit';
import type { Core } from './core';
import type { RecurringTask } from './schedule';

export interface Signing {
  readonly key: SigningKey;
  readonly checkpoints: CheckpointLog;
}

export function openSigning({ config, stores: { log, clock } }: Core): Signing {
  const key = SigningKey.open(config.keyDirectory);
  return { key, checkpoints: new CheckpointLog(log, key, clock, config.audit) };
}

/** Any number of processes may: the log decides whose checkpoint counts. */
export const signingTask = ({ checkpoints }: Signing, { onFailure }: Core): RecurringTask => ({
  everyMilliseconds: 5_000,
  task: async () => void (await checkpoints.turn()),
  onFailure: (error) => onFailure('signing the log', error),
});
