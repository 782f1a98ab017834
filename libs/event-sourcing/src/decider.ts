import type { Event } from './event';

/**
 * The whole behaviour of one kind of stream, as pure functions.
 *
 * `decide` throws the lib's own `…Rejected` when the command is refused, and returns no events when there is nothing to
 * do. It must not change the state. `evolve` owns the state it is given and may reuse it: large states (a registry, a
 * network) are folded in place, because copying them for every event would make the n-th command cost O(n).
 */
export interface Decider<State, Command, E extends Event> {
  initialState(): State;
  decide(command: Command, state: State): E[];
  evolve(state: State, event: E): State;
}

export const fold = <State, E extends Event>(
  decider: Pick<Decider<State, never, E>, 'initialState' | 'evolve'>,
  events: Iterable<E>,
): State => {
  let state = decider.initialState();
  for (const event of events) state = decider.evolve(state, event);
  return state;
};
