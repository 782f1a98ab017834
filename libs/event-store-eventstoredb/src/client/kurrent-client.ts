import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { convertToCommandError, debug } from '@kurrent/kurrentdb-client/dist/utils';
import {
  Empty,
  StreamIdentifier,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb';
import { StreamsClient } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb';
import { ReadReq } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb';
import type { Protocol } from './protocol';
import { StoreClient } from './store-client';
import type { NpmClient } from './store-client';

const protocol = {
  ReadReq,
  Empty,
  StreamIdentifier,
  StreamsClient,
  asCommandError: convertToCommandError,
} as unknown as Protocol;

/** `@kurrent/kurrentdb-client` 1.3.1, the maintained successor. Its native bridge is loaded, and not used to read. */
export function openClient(connectionString: string): StoreClient {
  // With DEBUG set the client prints the connection string, password included, and private keys.
  debug.connection.enabled = false;
  const client = KurrentDBClient.connectionString(connectionString.replace(/^esdb/, 'kurrentdb'));
  return new StoreClient(client as unknown as NpmClient, protocol, (stream, streamState, events) =>
    client.appendToStream(stream, events, { streamState }),
  );
}
