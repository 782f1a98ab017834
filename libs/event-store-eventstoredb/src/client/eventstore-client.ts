import { EventStoreDBClient } from '@eventstore/db-client';
import { convertToCommandError, debug } from '@eventstore/db-client/dist/utils';
import { Empty, StreamIdentifier } from '@eventstore/db-client/generated/shared_pb';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb';
import { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { Protocol } from './protocol';
import { StoreClient } from './store-client';
import type { NpmClient } from './store-client';

const protocol: Protocol = {
  ReadReq,
  Empty,
  StreamIdentifier,
  StreamsClient,
  asCommandError: convertToCommandError,
};

/** `@eventstore/db-client` 6.2.1. */
export function openClient(connectionString: string): StoreClient {
  // With DEBUG set the client prints the connection string, password included, and private keys.
  debug.connection.enabled = false;
  const client = EventStoreDBClient.connectionString(connectionString.replace(/^kurrentdb/, 'esdb'));
  return new StoreClient(client as unknown as NpmClient, protocol, (stream, expectedRevision, events) =>
    client.appendToStream(stream, events, { expectedRevision }),
  );
}
