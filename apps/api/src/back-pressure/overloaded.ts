import { HttpRefusal } from '../http/http-errors';
import type { Exceeded } from './pressure';

const words: Record<Exceeded['reason'], string> = {
  lag: 'What follows the log is too far behind it',
  parked: 'Too many events are parked',
  'pending-effects': 'Too many instances of process managers wait for their effects',
  spool: 'The spool is full',
};

/** Queries go on; the command was not carried out and may be sent again. */
export class Overloaded extends HttpRefusal {
  readonly status = 503;
  readonly code = 'Overloaded';
  override readonly retryAfterSeconds: number;
  override readonly facts: Readonly<Record<string, unknown>>;

  constructor({ reason, value, limit, unit, retryAfterSeconds }: Exceeded) {
    super(`${words[reason]}: ${value} ${unit}, the limit is ${limit}. Try again in ${retryAfterSeconds} s`);
    this.retryAfterSeconds = retryAfterSeconds;
    this.facts = { reason, value, limit, unit };
  }
}

/** So many commands are being carried out that another would only wait. */
export class TooManyCommands extends HttpRefusal {
  readonly status = 429;
  readonly code = 'TooManyCommands';
  override readonly retryAfterSeconds = 1;
  override readonly facts: Readonly<Record<string, unknown>>;

  constructor(limit: number) {
    super(`${limit} commands are being carried out, the limit is ${limit}. Try again in 1 s`);
    this.facts = { reason: 'in-flight', value: limit, limit, unit: 'commands' };
  }
}
