import { fold, isRejected } from '@flowledger/event-sourcing';
import type { Decider, Event } from '@flowledger/event-sourcing';

/**
 * given(…events).when(command).then(…events) | .thenNothing() | .thenRejects(code): the behaviour of a decider, told in
 * its own events.
 */
export const deciderSpec =
  <State, Command, E extends Event>(decider: Decider<State, Command, E>) =>
  (...history: E[]) => ({
    when(command: Command) {
      const decide = (): E[] => decider.decide(command, fold(decider, structuredClone(history)));
      return {
        then: (...expected: E[]): void => expect(decide()).toEqual(expected),
        thenNothing: (): void => expect(decide()).toEqual([]),
        thenRejects(code: string): void {
          let refusal: unknown;
          try {
            decide();
          } catch (error) {
            refusal = error;
          }
          if (!isRejected(refusal)) throw new Error(`Expected the refusal ${code}`, { cause: refusal });
          expect(refusal.code).toBe(code);
        },
      };
    },
    /** For states that no command shows: the fold itself. */
    state: (): State => fold(decider, structuredClone(history)),
  });
