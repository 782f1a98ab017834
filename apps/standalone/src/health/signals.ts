/** What was measured, before anybody judges it. Times are seconds. */
export interface HealthSignals {
  /** Since the consumers and the parked events were last asked for. */
  readonly measuredSecondsAgo: number;
  readonly periodSeconds: number;
  /** Why they cannot be asked for at the moment. */
  readonly measuringFailure?: string;
  readonly head: HeadSignals;
  readonly consumers: readonly ConsumerSignals[];
  readonly parked: ParkedSignals;
  readonly faults: FaultSignals;
  /** Of the events committed live in the last minutes; absent where no event was. */
  readonly latency?: LatencySignals;
  /** Absent where this process collects nothing. */
  readonly spool?: SpoolSignals;
  /** The limit that new commands are refused for at the moment. */
  readonly refusing?: string;
}

export interface HeadSignals {
  /** Since the end of the log was last seen, moved or not. */
  readonly ageSeconds: number;
  readonly periodSeconds: number;
  readonly position?: string;
  readonly failure?: string;
}

export interface ConsumerSignals {
  readonly consumer: string;
  readonly position?: string;
  /** Since the log was first seen to hold an event that it has not handled. */
  readonly lagSeconds: number;
  /** Events with the embedded log, bytes with EventStoreDB. */
  readonly lagPositions: number;
  readonly owner?: string;
  readonly epoch?: number;
  readonly leaseSecondsLeft: number;
  /** Of the whole service: what its last owner said. */
  readonly state?: string;
  readonly failure?: string;
  readonly restartsPerHour: number;
  /** Claims of this process that were denied. */
  readonly denied: number;
  readonly generation: number;
  /** Instances of process managers that stand still; absent for other consumers. */
  readonly blockedInstances?: number;
  readonly lastEventsGone: number;
}

export interface ParkedSignals {
  readonly sequences: number;
  readonly events: number;
  readonly oldestSeconds: number;
}

export interface FaultSignals {
  readonly unhandledRejections: number;
  readonly uncaughtExceptions: number;
}

export interface LatencySignals {
  readonly p50Seconds: number;
  readonly p99Seconds: number;
  readonly events: number;
}

export interface SpoolSignals {
  readonly entries: number;
  readonly bytes: number;
  readonly oldestSeconds: number;
}
