import type { Event } from '@flowledger/event-sourcing';

/** Every erasure of every account: read whole at each start, so that restored keys are destroyed again. */
export const erasureCategory = 'erasures-';
export const erasureStream = `${erasureCategory}all`;

/** The commit point of an erasure: from here on the keys are destroyed, also after a crash. */
export type SubjectErased = Event<'SubjectErased', { subject: string; accountId: string; keyIds: string[] }>;
