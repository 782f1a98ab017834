import type { Decider } from '@flowledger/event-sourcing';
import { ErasureRejected } from './erasure.errors';
import type { SubjectErased } from './erasure.events';

export interface EraseSubjectOrder {
  readonly type: 'EraseSubject';
  readonly accountId: string;
  readonly subject: string;
  /** Keys that the key store has for it. */
  readonly keyIds: readonly string[];
}

/** Subjects that were erased, with their account. */
export type Erasures = ReadonlySet<string>;

const nameOf = ({ accountId, subject }: { accountId: string; subject: string }): string =>
  `${accountId}/${subject}`;

export const erasureDecider: Decider<Erasures, EraseSubjectOrder, SubjectErased> = {
  initialState: () => new Set(),
  decide({ accountId, subject, keyIds }, erasures) {
    if (keyIds.length > 0)
      return [{ type: 'SubjectErased', data: { subject, accountId, keyIds: [...keyIds] } }];
    if (erasures.has(nameOf({ accountId, subject }))) return [];
    throw new ErasureRejected(
      'SubjectNotFound',
      `Nothing is sealed under ${subject.slice(0, 100)}. Subjects are token-, flowLog-, vpc-, vSwitch- or project-, followed by the id`,
    );
  },
  evolve: (erasures, { data }) => (erasures as Set<string>).add(nameOf(data)),
};
