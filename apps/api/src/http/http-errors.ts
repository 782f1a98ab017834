/** Refusals of the door itself; the domain's are `Rejected`. */
export abstract class HttpRefusal extends Error {
  abstract readonly status: number;
  abstract readonly code: string;
  readonly retryAfterSeconds?: number;
  /** Further members of the problem. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

export class Unauthenticated extends HttpRefusal {
  readonly status = 401;
  readonly code = 'Unauthenticated';
  constructor() {
    super('Send a valid API token: "Authorization: Bearer <token>"');
  }
}

export class Forbidden extends HttpRefusal {
  readonly status = 403;
  readonly code = 'Forbidden';
  constructor(role: string) {
    super(`This needs the role ${role}`);
  }
}

export class NotFound extends HttpRefusal {
  readonly status = 404;
  readonly code = 'NotFound';
}

export class TooManyRequests extends HttpRefusal {
  readonly status = 429;
  readonly code = 'TooManyRequests';
  constructor(
    what: string,
    override readonly retryAfterSeconds: number,
  ) {
    super(`${what}. Try again in ${retryAfterSeconds} s`);
  }
}

export class NotYetVisible extends HttpRefusal {
  readonly status = 503;
  readonly code = 'NotYetVisible';
  override readonly retryAfterSeconds = 1;
  constructor() {
    super('The read models have not passed the position in Flowledger-At-Least yet');
  }
}

export class NotReady extends HttpRefusal {
  readonly status = 503;
  readonly code = 'NotReady';
  override readonly retryAfterSeconds = 1;
  constructor() {
    super('The service is starting: its read models have not caught up yet');
  }
}

export class DataPlaneUnavailable extends HttpRefusal {
  readonly status = 503;
  readonly code = 'DataPlaneUnavailable';
  override readonly retryAfterSeconds = 1;
  constructor(options?: { cause?: unknown }) {
    super('The collector cannot be reached: entries, imports and simulations have to wait for it');
    this.cause = options?.cause;
  }
}

/** The position token was given out by a service on another log: waiting for it would be in vain. */
export class TokenOfAnotherLog extends HttpRefusal {
  readonly status = 409;
  readonly code = 'TokenOfAnotherLog';
  constructor() {
    super(
      'The position in Flowledger-At-Least is of another log: it was restored or replaced; read without it',
    );
  }
}

export class HostRefused extends HttpRefusal {
  readonly status = 421;
  readonly code = 'HostRefused';
  constructor(header: string) {
    super(`The ${header} header names a host that this service does not serve`);
  }
}

export class UnsupportedMediaType extends HttpRefusal {
  readonly status = 415;
  readonly code = 'UnsupportedMediaType';
  constructor(wanted: string) {
    super(`Send the body as ${wanted}`);
  }
}

export class BodyTooLarge extends HttpRefusal {
  readonly status = 413;
  readonly code = 'BodyTooLarge';
  constructor(most: number) {
    super(`The body has more than ${most} bytes`);
  }
}

export class IdempotencyKeyReused extends HttpRefusal {
  readonly status = 409;
  readonly code = 'IdempotencyKeyReused';
  constructor() {
    super('This Idempotency-Key was used for another request; use a new key');
  }
}

/** What is wrong with the input, path by path. */
export class InvalidInput extends HttpRefusal {
  readonly status = 422;
  readonly code = 'InvalidInput';
  constructor(readonly errors: readonly { readonly path: string; readonly message: string }[]) {
    super(errors.map(({ path, message }) => `${path}: ${message}`).join('; '));
  }
}
