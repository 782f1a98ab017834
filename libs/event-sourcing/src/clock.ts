/** The only source of time for command handlers and runtimes, so that tests can hold it. */
export abstract class Clock {
  /** ISO 8601, UTC, milliseconds. */
  now(): string {
    return new Date(this.epochMilliseconds()).toISOString();
  }

  abstract epochMilliseconds(): number;
}

export class SystemClock extends Clock {
  epochMilliseconds(): number {
    return Date.now();
  }
}
