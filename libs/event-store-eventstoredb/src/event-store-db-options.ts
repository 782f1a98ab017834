import type { ClientKind } from './client/load-client';

/** Every time is in milliseconds. The client's own deadlines are not honoured, so these are the only ones. */
export interface EventStoreDbOptions {
  /** `esdb://user:password@host:2113?tls=true`; see {@link checkConnectionString} for what is refused. */
  readonly connectionString: string;
  /** Which npm client speaks to the server; only one of them can be in a process. `eventstore` when absent. */
  readonly client?: ClientKind;
  /** Appends on the connection at once; the others wait for their turn. */
  readonly maxAppendsInFlight?: number;
  /** Appends that may wait; further ones are refused as {@link TooManyAppends}. */
  readonly maxAppendsWaiting?: number;
  /** Told what an operator should know and nobody is told by an error; `process.emitWarning` when absent. */
  readonly onWarning?: (warning: string) => void;
  /** The first answer of the server, and the right to read `$all`. */
  readonly connectTimeoutMs?: number;
  /** All attempts of one append together; then the caller is told that the outcome is unknown. */
  readonly appendTimeoutMs?: number;
  /** One attempt of an append; then the client is replaced and the same ids are sent again. */
  readonly appendAttemptTimeoutMs?: number;
  /** Between two messages of a read, and before the first. */
  readonly readTimeoutMs?: number;
  /** The same for a read by prefix, which the server does not answer before something matches. */
  readonly scanTimeoutMs?: number;
  /** Until the server confirms a subscription. */
  readonly subscribeTimeoutMs?: number;
  /** A subscription that is silent this long before it has caught up looks for itself whether anything is missing. */
  readonly catchUpProbeMs?: number;
  /** The same once it has caught up: a silent subscription and a dead one look alike. */
  readonly idleProbeMs?: number;
  /** A disposed client is given this long to let go of its streams before the next one is opened. */
  readonly settleTimeoutMs?: number;
}

type LimitNames = 'maxAppendsInFlight' | 'maxAppendsWaiting' | 'onWarning';
export type Limits = Required<Pick<EventStoreDbOptions, LimitNames>>;
export type Timers = Required<Omit<EventStoreDbOptions, 'connectionString' | 'client' | LimitNames>>;

export const defaultLimits: Limits = {
  maxAppendsInFlight: 1_000,
  maxAppendsWaiting: 10_000,
  onWarning: (warning) => process.emitWarning(warning),
};

export const defaultTimers: Timers = {
  connectTimeoutMs: 10_000,
  appendTimeoutMs: 20_000,
  appendAttemptTimeoutMs: 5_000,
  readTimeoutMs: 10_000,
  scanTimeoutMs: 60_000,
  subscribeTimeoutMs: 10_000,
  catchUpProbeMs: 2_000,
  idleProbeMs: 15_000,
  settleTimeoutMs: 1_000,
};
