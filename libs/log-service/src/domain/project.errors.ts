import { Rejected } from '@flowledger/event-sourcing';

export type LogServiceErrorCode =
  | 'InvalidProjectName'
  | 'InvalidLogstoreName'
  | 'InvalidDescription'
  | 'InvalidRegion'
  | 'InvalidRetention'
  /** There is none of this name in the account; another account's looks the same. */
  | 'ProjectNotFound'
  | 'LogstoreNotFound'
  | 'RevisionMismatch'
  /** The name is taken, whoever has it (DC-14). */
  | 'ProjectAlreadyExists'
  | 'LogstoreAlreadyExists'
  | 'LogstoreQuotaExceeded';

export class LogServiceRejected extends Rejected<LogServiceErrorCode> {}
