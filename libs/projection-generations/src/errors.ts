import { Rejected } from '@flowledger/event-sourcing';

export type GenerationErrorCode =
  | 'GenerationNotFound'
  | 'GenerationNotReady'
  | 'GenerationServes'
  | 'GenerationHasParkedEvents'
  | 'NoPreviousGeneration'
  | 'RebuildInProgress';

/** A generation cannot be switched to, dropped or compared as things are. */
export class GenerationRefused extends Rejected<GenerationErrorCode> {}
