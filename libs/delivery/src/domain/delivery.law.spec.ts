import { deterministicId } from '@flowledger/event-sourcing';
import type { Event } from '@flowledger/event-sourcing';
import fc from 'fast-check';
import {
  acknowledged,
  created,
  deletionStarted,
  intervalChanged,
  logstoreDeleted,
  projectDeleted,
  reported,
  restarted,
  stopped,
} from '../../testing/delivery-inputs';
import type { WithId } from '../../testing/delivery-inputs';
import type { DeliveryCommand, DeliveryInput } from './delivery.inputs';
import { reactTo } from './delivery.reactions';
import { evolveDelivery, unknownDelivery } from './delivery.state';
import type { DeliveryTold } from './delivery.state';

/** What the runtime promises: each input once, by its id; the rest is up to the saga. */
function commandsFor(inputs: readonly WithId<Event>[]): DeliveryCommand[] {
  const seen = new Set<string>();
  let delivery = unknownDelivery;
  return inputs.flatMap((input) => {
    if (seen.has(input.id)) return [];
    seen.add(input.id);
    const told = {
      ...input,
      at: '2026-01-01T00:00:00.000Z',
      correlationId: deterministicId('correlation'),
      accountId: '1000000000000001',
    } as unknown as DeliveryTold;
    delivery = evolveDelivery(delivery, told);
    return [...(reactTo(delivery, told).commands ?? [])];
  });
}

/** Commands as a set; which of two witnesses named the reason of a stop is left to chance. */
const asSet = (commands: readonly DeliveryCommand[]): string[] =>
  commands
    .map((command) => JSON.stringify(command.type === 'StopDelivery' ? { ...command, reason: '' } : command))
    .sort();

const forEver: WithId<Event>[] = [
  created,
  acknowledged('created'),
  intervalChanged,
  acknowledged('interval-changed'),
  logstoreDeleted,
  projectDeleted,
  reported(1, 'target-missing'),
  restarted,
  acknowledged('restarted'),
  stopped,
  acknowledged('stopped'),
  deletionStarted,
  reported(9, 'drained', { logstoreId: 'logstore-2', expiredEntries: 2 }),
];

describe('what holds for ever', () => {
  it('leads to the same commands in any order, however often it is told', () =>
    fc.assert(
      fc.property(
        fc.shuffledSubarray(forEver, { minLength: forEver.length }),
        fc.array(fc.constantFrom(...forEver), { maxLength: 20 }),
        fc.array(fc.nat(), { maxLength: 20 }),
        (shuffled, repeated, places) => {
          const told = [...shuffled];
          repeated.forEach((input, index) => told.splice((places[index] ?? 0) % (told.length + 1), 0, input));
          expect(asSet(commandsFor(told))).toEqual(asSet(commandsFor(forEver)));
        },
      ),
    ));
});

describe('conditions that pass', () => {
  const outcome = fc.constantFrom<'delivering' | 'degraded' | 'stalled'>('delivering', 'degraded', 'stalled');

  it('end as the latest report says, in whatever order the reports come', () =>
    fc.assert(
      fc.property(
        fc.array(outcome, { minLength: 1, maxLength: 8 }).chain((outcomes) =>
          fc.tuple(
            fc.constant(outcomes),
            fc.shuffledSubarray(
              outcomes.map((each, index) => reported(index + 1, each)),
              { minLength: outcomes.length },
            ),
          ),
        ),
        ([outcomes, shuffled]) => {
          const inOrder = outcomes.map((each, index) => reported(index + 1, each));
          const last = (inputs: readonly WithId<DeliveryInput>[]): DeliveryCommand | undefined =>
            commandsFor([created, ...inputs]).at(-1);
          expect(last(shuffled)).toEqual(last(inOrder));
        },
      ),
    ));
});
