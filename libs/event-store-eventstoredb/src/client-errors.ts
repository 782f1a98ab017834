/**
 * What an error of a client means. Only some outcomes are definite; everything else is `unknown`: for an append the
 * events may be there, for a read or subscription it is no answer.
 */
export type ClientFailure =
  | { readonly kind: 'conflict'; readonly actual: bigint | undefined }
  | {
      readonly kind:
        'deleted' | 'denied' | 'too-large' | 'bad-position' | 'never-sent' | 'unavailable' | 'unknown';
    };

/** The two clients share the values of their `ErrorType`, not the classes that carry them. */
const types: Readonly<Record<string, ClientFailure['kind']>> = {
  'stream-deleted': 'deleted',
  'access-denied': 'denied',
  'maximum-append-size-exceeded': 'too-large',
  // The client itself goes on to the leader, or to a new connection.
  unavailable: 'unavailable',
  'not-leader': 'unavailable',
};

const invalidArgument = 3;
const permissionDenied = 7;
const unavailable = 14;
const unauthenticated = 16;
/** What grpc-js says about a call for which there never was a connection. */
const neverLeft = /No connection established|Name resolution failed/;

/** By type, and by the numeric code of raw gRPC errors, which the clients let through on a dead port. */
export function classify(error: unknown): ClientFailure {
  const { type, code } = (error ?? {}) as { type?: string; code?: unknown };
  if (type === 'wrong-expected-version') return { kind: 'conflict', actual: actualOf(error as Conflict) };
  const message = error instanceof Error ? error.message : '';
  if (neverLeft.test(message)) return { kind: 'never-sent' };
  const kind = types[type ?? ''];
  if (kind) return { kind } as ClientFailure;
  if (code === unavailable) return { kind: 'unavailable' };
  if (code === permissionDenied || code === unauthenticated) return { kind: 'denied' };
  // 23.10 answers UNKNOWN, later servers INVALID_ARGUMENT; both name the position or the result of the read.
  if (code === invalidArgument || /ReadAllResult|position/i.test(message)) return { kind: 'bad-position' };
  return { kind: 'unknown' };
}

/** `actualVersion` in 6.2.1, `actualState` in 1.3.1. */
interface Conflict {
  readonly actualVersion?: unknown;
  readonly actualState?: unknown;
}

/** The clients say `"no_stream"`, which is no number; -1 comes from servers that mean the same. */
function actualOf({ actualVersion, actualState }: Conflict): bigint | undefined {
  const actual = actualVersion ?? actualState;
  return typeof actual === 'bigint' && actual >= 0n ? actual : undefined;
}
