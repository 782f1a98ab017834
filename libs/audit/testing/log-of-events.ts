import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { newId } from '@flowledger/event-sourcing';
import type { EventStore, NewEvent } from '@flowledger/event-sourcing';

export const account = '1000000000000001';

export const happened = (note: string, accountId = account): NewEvent => ({
  id: newId(),
  type: 'ThingHappened',
  data: { note, text: { name: `name of ${note}` } },
  metadata: {
    $correlationId: newId(),
    $causationId: newId(),
    actor: 'token-1',
    accountId,
    command: 'MakeThingHappen',
    schemaVersion: 1,
  },
});

export const openLog = (directory: string): Promise<EmbeddedEventStore> =>
  EmbeddedEventStore.open({ directory });

/** Appends one event to each of the streams in turn, `count` in all. */
export async function appendInTurn(
  log: EventStore,
  streams: readonly string[],
  count: number,
  accountId?: string,
): Promise<void> {
  for (let index = 0; index < count; index++) {
    await log.append(streams[index % streams.length]!, 'any', [happened(`${index}`, accountId)]);
  }
}
