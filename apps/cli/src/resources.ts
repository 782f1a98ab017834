/** What the public interface answers, as far as the command line shows it. */

export interface FlowLog {
  readonly flowLogId: string;
  readonly name: string;
  readonly description: string;
  readonly regionId: string;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly trafficType: string;
  readonly trafficPath: readonly string[];
  readonly aggregationInterval: number;
  readonly ipVersion: string;
  readonly projectName: string;
  readonly logstoreName: string;
  readonly status: string;
  readonly deliverStatus: string;
  readonly deliverErrorMessage: string;
  readonly delivery: {
    readonly state: string;
    readonly since: string;
    readonly reason: string;
    readonly spooledEntries?: number | null;
    readonly oldestSpooledWindow?: string | null;
  };
  readonly createdAt: string;
  readonly revision: number;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

export interface AuditEvent {
  /** Text of the log position; also the cursor. */
  readonly position: string;
  readonly stream?: string;
  readonly revision: number;
  readonly type: string;
  readonly recordedAt: string;
  readonly actor: string;
  readonly command: string;
  readonly data: unknown;
}

export interface Simulation {
  readonly simulationId: string;
  readonly startedAt: string;
  readonly seed: number;
  readonly connectionsPerSecond: number;
  readonly meanLifeSeconds: number;
  readonly peers: number;
  readonly rejectShare: number;
}

export interface LogsAnswer {
  readonly progress: string;
  readonly count: number;
  readonly entries: readonly Readonly<Record<string, string>>[];
}

export interface CaptureImported {
  readonly packets: number;
  readonly flows: number;
  readonly entries: number;
  readonly skipped: Readonly<Record<string, number>>;
  readonly truncatedAt: number | null;
}
