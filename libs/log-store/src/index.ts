export { BackupTargetNotEmpty } from './backup';
export type { BackupOutcome } from './backup';
export type { CompactionOutcome } from './compaction';
export { EmbeddedLogStore } from './embedded-log-store';
export type { EmbeddedLogStoreOptions, Swept } from './embedded-log-store';
export type { SegmentProblem, Verification, VerificationProgress } from './integrity';
export type { LedgerRange, LedgerTotals } from './ledger';
export { maxQueryLimit } from './log-query';
export type { LogQuery, LogQueryResult } from './log-query';
export * from './log-store';
export {
  InvalidSegmentBatch,
  LogStoreClosed,
  LogStoreLocked,
  LogstoreNotFound,
  QueryNotSupported,
  SegmentDamaged,
  UnsupportedFormat,
} from './log-store.errors';
export type { LiveWindow, UnfinishedWindow } from './open-windows';
export { parseQuery } from './parse-query';
export type { QueryCondition } from './parse-query';
export * from './segment-batch';
export type { WriteFaults, WriteStep } from './segment-files';
export type { SpoolLimits } from './spool';
