/** One thing that is looked at. Three questions are never merged: how far behind, does the head move, who works. */
export interface HealthSignal {
  /** Stable: `head-probe-age`, `lag`, `owner` … (docs/operations.md). */
  readonly name: string;
  /** Which consumer, process or kind, where there are several. */
  readonly of?: string;
  readonly state: 'green' | 'red' | 'information';
  readonly value: string | number | null;
  readonly unit?: 'seconds' | 'events' | 'instances' | 'bytes' | 'restarts an hour' | 'faults';
  /** Red beyond it. */
  readonly limit?: number;
  /** One line for people. */
  readonly why: string;
}

export interface HealthReport {
  readonly state: 'green' | 'red';
  /** ISO 8601. */
  readonly at: string;
  readonly signals: readonly HealthSignal[];
}

export interface Liveness {
  /** False only when a restart would help. */
  readonly live: boolean;
  readonly problems: readonly string[];
}

/** What the process knows of the service's health. Answers at once, from what was measured last. */
export abstract class HealthReports {
  abstract report(): HealthReport;
  abstract liveness(): Liveness;
}
