import { deterministicId } from '@flowledger/event-sourcing';
import type {
  CommandRefused,
  Event,
  Input,
  ProcessInput,
  ProcessManager,
  ProcessTimer,
  TimerFired,
} from '@flowledger/event-sourcing';

/**
 * given(…inputs).when(input).then(…commands) | .thenNothing() | .thenTimer(timer): what a process manager sends when it
 * is told something, after what it was told before.
 */
export const processSpec =
  <State, E extends Event, Command extends { readonly type: string }>(
    process: ProcessManager<State, E, Command>,
    at = '2026-01-01T00:00:00.000Z',
  ) =>
  (...history: (E | TimerFired | CommandRefused)[]) => ({
    when(event: E | TimerFired | CommandRefused) {
      type Told = Input<E | TimerFired | CommandRefused>;
      const told = (given: Event, index: number): Told =>
        ({
          id: deterministicId(`input/${index}`),
          ...given,
          at,
          correlationId: deterministicId('correlation'),
          accountId: '1000000000000001',
        }) satisfies ProcessInput as unknown as Told;
      const before = history
        .map(told)
        .reduce((state, input) => process.evolve(state, input), process.initialState());
      const input = told(event, history.length);
      const reaction = process.react(process.evolve(before, input), input);
      return {
        then: (...commands: Command[]): void => expect(reaction.commands ?? []).toEqual(commands),
        thenNothing: (): void => expect(reaction).toEqual({}),
        thenTimers: (...timers: ProcessTimer[]): void => expect(reaction.timers ?? []).toEqual(timers),
      };
    },
  });
