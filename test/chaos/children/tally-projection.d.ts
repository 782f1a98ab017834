import type { Projection, ReadModel } from '@flowledger/event-sourcing';

export interface Tally {
  readonly stream: string;
  readonly count: number;
  readonly outOfOrder: number;
}
export const tallies: ReadModel<Tally>;
export function tallyOf(category: string): Projection<Tally>;
