import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkFingerprint, formatPosition, LogWentBack } from '@flowledger/event-sourcing';
import type { ConsumerRecord, EventStore } from '@flowledger/event-sourcing';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';

export interface ConsumerExamination {
  readonly consumer: string;
  /** Undefined before its first checkpoint. */
  readonly checkpoint?: string;
  /** The event of the checkpoint is no longer in the log: after a scavenge, no damage. */
  readonly lastEventGone: boolean;
  readonly parkedEvents: number;
  /** Who had its lease last, and was not seen to give it back. */
  readonly owner?: string;
}

/**
 * Holds every checkpoint against the log that it was taken from. Read models in MongoDB are not looked at here. Nothing
 * is repaired: what does not match is added to `damage`.
 */
export async function examineReadModels(
  directory: string,
  events: EventStore,
  damage: string[],
): Promise<ConsumerExamination[]> {
  if (!existsSync(join(directory, 'read-models.db'))) return [];
  const store = await EmbeddedReadModelStore.open({ directory });
  try {
    const examined: ConsumerExamination[] = [];
    for (const record of await store.consumers())
      examined.push(await examineConsumer(events, record, damage));
    return examined;
  } finally {
    await store.close();
  }
}

async function examineConsumer(
  events: EventStore,
  { consumer, checkpoint, lease, report }: ConsumerRecord,
  damage: string[],
): Promise<ConsumerExamination> {
  let lastEventGone = false;
  try {
    if (checkpoint) ({ lastEventGone } = await checkFingerprint(consumer, events, checkpoint));
  } catch (error) {
    if (!(error instanceof LogWentBack)) throw error;
    damage.push(`read-models.db: ${error.message}`);
  }
  return {
    consumer,
    ...(checkpoint && { checkpoint: formatPosition(checkpoint.position) }),
    lastEventGone,
    parkedEvents: Number(report?.parkedEvents ?? 0),
    ...(lease && { owner: lease.owner }),
  };
}
