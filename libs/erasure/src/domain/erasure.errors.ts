import { Rejected } from '@flowledger/event-sourcing';

/** Nothing sealed belongs to such a subject; events from before there were seals are not covered. */
export type ErasureErrorCode = 'SubjectNotFound';

export class ErasureRejected extends Rejected<ErasureErrorCode> {}
