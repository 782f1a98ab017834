import {
  MongoServerError,
  MongoNetworkError,
  MongoServerSelectionError,
  MongoNotConnectedError,
} from 'mongodb';

/** The server cannot be reached or does not let us in. Every write is guarded, so repeating the commit is harmless. */
export class ReadModelUnavailable extends Error {
  constructor(server: string, reason: string, options?: { cause?: unknown }) {
    super(`The read models at ${server} are unavailable: ${reason}`, options);
    this.name = 'ReadModelUnavailable';
  }
}

/** Only scheme, hosts and path of a connection string: credentials and options never reach a log. */
export function redactedUrl(url: string): string {
  const parts = /^(mongodb(?:\+srv)?:\/\/)(?:.*@)?([^@?]*)/s.exec(url);
  return parts ? `${parts[1]}${parts[2]}` : 'an address that is not mongodb://';
}

const loginCodes = new Set<unknown>([13, 18]);

export function readable(error: unknown, server: string): unknown {
  if (error instanceof MongoServerError && loginCodes.has(error.code)) {
    return new ReadModelUnavailable(server, 'the user is unknown or lacks the rights', { cause: error });
  }
  const unreachable =
    error instanceof MongoNetworkError ||
    error instanceof MongoServerSelectionError ||
    error instanceof MongoNotConnectedError;
  return unreachable ? new ReadModelUnavailable(server, error.message, { cause: error }) : error;
}
