import type { EventStoreDBClient } from '@eventstore/db-client';
import { newId } from '@flowledger/event-sourcing';
import type { StreamStates } from '@flowledger/event-sourcing/testing';
import { EventStoreDbEventStore } from '@flowledger/event-store-eventstoredb';
import type { ClientKind } from '@flowledger/event-store-eventstoredb';

const variable = 'FLOWLEDGER_EVENTSTORE_URL';

/** @throws Error when no server was named: these suites fail, they do not skip */
export function serverUrl(): string {
  const url = process.env[variable] ?? '';
  if (url === '')
    throw new Error(`${variable} is not set: give the connection string of an EventStoreDB to test against`);
  return url;
}

/** `FLOWLEDGER_EVENTSTORE_CLIENT`, as the service reads it. */
export const clientKind = (process.env.FLOWLEDGER_EVENTSTORE_CLIENT ?? 'eventstore') as ClientKind;

export const connect = (): Promise<EventStoreDbEventStore> =>
  EventStoreDbEventStore.connect({ connectionString: serverUrl(), client: clientKind });

/** The two clients have these calls, without their renamed options, in common. */
type Tools = Pick<
  EventStoreDBClient,
  'appendToStream' | 'deleteStream' | 'dispose' | 'setStreamMetadata' | 'tombstoneStream'
>;

/** Loaded late, because only one of them can be in a process. */
async function openTools(): Promise<Tools> {
  if (clientKind === 'eventstore')
    return (await import('@eventstore/db-client')).EventStoreDBClient.connectionString(serverUrl());
  const { KurrentDBClient } = await import('@kurrent/kurrentdb-client');
  return KurrentDBClient.connectionString(serverUrl().replace(/^esdb/, 'kurrentdb'));
}

/** A client of its own. It never takes the batch append, so that it cannot disturb the one under test. */
async function withTools(work: (tools: Tools) => Promise<unknown>): Promise<void> {
  const tools = await openTools();
  try {
    await work(tools);
  } finally {
    await tools.dispose();
  }
}

/** Given with the call, credentials keep the client off the batch append; an insecure server ignores them. */
function credentials(): { username: string; password: string } {
  const [, username = 'admin', password = 'changeit'] = /\/\/([^:/@]+):([^@/]+)@/.exec(serverUrl()) ?? [];
  return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
}

export const streamStates: StreamStates<EventStoreDbEventStore> = {
  setMetadata: (_, stream, limits) =>
    withTools((tools) => tools.setStreamMetadata(stream, { ...limits }, { credentials: credentials() })),
  softDelete: (_, stream) => withTools((tools) => tools.deleteStream(stream)),
  tombstone: (_, stream) => withTools((tools) => tools.tombstoneStream(stream)),
  appendForeign: (_, stream, type, data) =>
    withTools((tools) =>
      tools.appendToStream(
        stream,
        { id: newId(), type, contentType: 'application/octet-stream', data, metadata: undefined },
        { credentials: credentials() },
      ),
    ),
};
