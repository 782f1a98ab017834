import { ErrorType, isCommandError, WrongExpectedVersionError } from '@eventstore/db-client';

/**
 * What an error of the client means. Only some outcomes are definite; everything else is `unknown`: for an append the
 * events may be there, for a read or subscription it is no answer.
 */
export type ClientFailure =
  | { readonly kind: 'conflict'; readonly actual: bigint | undefined }
  | {
      readonly kind:
        | 'deleted'
        | 'not-found'
        | 'denied'
        | 'too-large'
        | 'bad-position'
        | 'never-sent'
        | 'unavailable'
        | 'unknown';
    };

const invalidArgument = 3;
const permissionDenied = 7;
const unavailable = 14;
const unauthenticated = 16;
/** What grpc-js says about a call for which there never was a connection. */
const neverLeft = /No connection established|Name resolution failed/;

/** By type, and by the numeric code of raw gRPC errors, which the client lets through on a dead port. */
export function classify(error: unknown): ClientFailure {
  if (error instanceof WrongExpectedVersionError) return { kind: 'conflict', actual: actualOf(error) };
  if (neverLeft.test(messageOf(error))) return { kind: 'never-sent' };
  const code = (error as { code?: unknown } | null)?.code;
  if (error instanceof Error && isCommandError(error)) {
    switch (error.type) {
      case ErrorType.STREAM_DELETED:
        return { kind: 'deleted' };
      case ErrorType.STREAM_NOT_FOUND:
        return { kind: 'not-found' };
      case ErrorType.ACCESS_DENIED:
        return { kind: 'denied' };
      case ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED:
        return { kind: 'too-large' };
      // The client itself goes on to the leader, or to a new connection.
      case ErrorType.UNAVAILABLE:
      case ErrorType.NOT_LEADER:
        return { kind: 'unavailable' };
    }
  }
  if (code === unavailable) return { kind: 'unavailable' };
  if (code === permissionDenied || code === unauthenticated) return { kind: 'denied' };
  // 23.10 answers UNKNOWN, later servers INVALID_ARGUMENT; both name the position or the result of the read.
  if (code === invalidArgument || /ReadAllResult|position/i.test(messageOf(error)))
    return { kind: 'bad-position' };
  return { kind: 'unknown' };
}

/** The client says `"no_stream"`, which is no number; -1 comes from servers that mean the same. */
function actualOf({ actualVersion }: WrongExpectedVersionError): bigint | undefined {
  return typeof actualVersion === 'bigint' && actualVersion >= 0n ? actualVersion : undefined;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '');
