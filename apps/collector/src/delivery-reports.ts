/** What the data plane tells the control plane about one flow log: state changes, never one report a window. */
export interface DeliveryReport {
  readonly flowLogId: string;
  readonly accountId: string;
  readonly outcome: 'delivering' | 'stalled' | 'target-missing' | 'drained';
  /** For people. */
  readonly detail: string;
  /** The logstore it was about; null when the flow log is bound to none. */
  readonly logstoreId: string | null;
  /** `drained` only: entries that were given up. */
  readonly expiredEntries?: number;
}

/** The one way up from the data plane (the collection plan is the one way down). A rejected report is made again. */
export abstract class DeliveryReports {
  abstract report(report: DeliveryReport): Promise<void>;
}
