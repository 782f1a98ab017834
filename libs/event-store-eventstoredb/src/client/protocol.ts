import type { StreamIdentifier, Empty } from '@eventstore/db-client/generated/shared_pb';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';

/** The messages that one npm client was generated with. Both speak the same protocol, each with a copy of its own. */
export interface Protocol {
  readonly ReadReq: typeof ReadReq;
  readonly Empty: typeof Empty;
  readonly StreamIdentifier: typeof StreamIdentifier;
  readonly StreamsClient: typeof StreamsClient;
  /** Names what the trailers of a gRPC error say: {@link classify} reads the name. */
  readonly asCommandError: (error: Error) => Error;
}

export type ReadRequest = ReadReq;
export type ReadResponse = ReadResp;
export type RecordedMessage = ReadResp.ReadEvent.RecordedEvent;
