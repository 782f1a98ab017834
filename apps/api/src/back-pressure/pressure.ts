/** A limit that is passed: what piles up, how much of it, and when it may be over. */
export interface Exceeded {
  readonly reason: 'lag' | 'parked' | 'pending-effects' | 'spool';
  readonly value: number;
  readonly limit: number;
  readonly unit: 'seconds' | 'events' | 'instances' | 'bytes';
  /** An estimate from how fast the value falls. */
  readonly retryAfterSeconds: number;
}

/** Whether new work may come in. Asked before each command, so it answers at once. */
export abstract class Pressure {
  abstract readonly mostCommandsInFlight: number;
  /** The limits that are passed at the moment. */
  abstract exceeded(): readonly Exceeded[];
}
