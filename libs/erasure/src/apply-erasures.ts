import type { EventStore, RecordedEvent } from '@flowledger/event-sourcing';
import { erasureStream } from './domain/erasure.events';
import type { SubjectErased } from './domain/erasure.events';
import type { KeyStore } from './key-store';

/**
 * Destroys every key that the log says is destroyed: after a crash in the middle of an erasure, and after keys were
 * restored from a backup. Called before anything is read.
 */
export async function applyErasures(log: EventStore, keys: KeyStore): Promise<void> {
  const keyIds: string[] = [];
  for await (const event of log.readStream(erasureStream)) {
    const { data } = event as RecordedEvent<SubjectErased>;
    keyIds.push(...data.keyIds);
  }
  await keys.destroy(keyIds);
}
