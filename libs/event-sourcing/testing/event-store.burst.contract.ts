import { EventStoreUnavailable } from '@flowledger/event-sourcing';
import type { EventStore } from '@flowledger/event-sourcing';
import { collect, newCategory, newEvent } from './event-store-fixtures';
import type { ContractContext } from './event-store-fixtures';

const burst = 5_000;

/** R41: what happens when everybody comes at once, before the store has been used at all. */
export function burstContract<Store extends EventStore>({ store }: ContractContext<Store>): void {
  describe('a store that was just opened', () => {
    it('R41 takes or refuses each of 5,000 appends at once, and holds exactly what it took', async () => {
      const category = newCategory();
      const outcomes = await Promise.allSettled(
        Array.from({ length: burst }, (_, index) =>
          store().append(`${category}${index}`, 'no-stream', [newEvent()]),
        ),
      );
      const refusals = outcomes.flatMap((outcome) =>
        outcome.status === 'rejected' ? [outcome.reason as Error] : [],
      );
      expect(refusals.filter((error) => !(error instanceof EventStoreUnavailable))).toEqual([]);
      const held = await collect(store().readAll({ streamPrefixes: [category] }));
      expect(held).toHaveLength(burst - refusals.length);
      expect((await store().append(`${category}after`, 'no-stream', [newEvent()])).revision).toBe(0n);
    });
  });
}
