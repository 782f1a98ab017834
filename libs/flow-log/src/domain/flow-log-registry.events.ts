import type { Event } from '@flowledger/event-sourcing';
import type { FlowLogSettings, FlowLogTag, FlowLogText } from './flow-log.values';

/** Stream `flowLogRegistry-<accountId>`: uniqueness and quota of an account's flow logs, decided in one append. */
export const flowLogRegistryStream = (accountId: string): string => `flowLogRegistry-${accountId}`;

/** What creation still has to do; a missing member means the target exists already. */
export interface FlowLogTarget {
  readonly createProject: boolean;
  readonly createLogstore: boolean;
  /** Retention of a logstore made by the flow log: 7 days with the report, 300 without (DD-10). */
  readonly enableLogAnalysisReport: boolean;
}

/** The commit point of a creation: from here it only goes forward, also after a crash. */
export type FlowLogReserved = Event<
  'FlowLogReserved',
  {
    flowLogId: string;
    /** Resource type, resource id and normalised traffic path (DD-01). */
    key: string;
    settings: FlowLogSettings;
    text: FlowLogText;
    tags: FlowLogTag[];
    target: FlowLogTarget;
  }
>;
/** Key and quota are free again. */
export type FlowLogReleased = Event<'FlowLogReleased', { flowLogId: string; key: string }>;

export type FlowLogRegistryEvent = FlowLogReserved | FlowLogReleased;
