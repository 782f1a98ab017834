import type { EntryInterface, Observation } from '@flowledger/flow-record';
import type { Classified } from './classify';
import type { ClosedWindow } from './closed-window';
import { closedWindow, gapEntry } from './closed-window';
import { FlowTable } from './flow-table';
import type { Window } from './schedule';
import type { Volume } from './tally';
import { noVolume, plus } from './tally';

/** One window of one interface while it fills. */
export class OpenWindow {
  private readonly table = new FlowTable();
  private readonly gapReasons = new Set<string>();
  private recorded: Volume = noVolume;
  private overflow: Volume = noVolume;

  constructor(
    readonly window: Window,
    private readonly at: EntryInterface,
  ) {}

  get keys(): number {
    return this.table.size;
  }

  /** False when a new key found no room: counted as overflow, and the window closes with a SKIPDATA entry. */
  add(observation: Observation, classified: Classified, mayGrow: boolean): boolean {
    const added = this.table.add(observation, classified, mayGrow);
    if (added) this.recorded = plus(this.recorded, observation);
    else this.overflow = plus(this.overflow, observation);
    return added;
  }

  /** Records are missing from this window. */
  skipData(reason: string): void {
    this.gapReasons.add(reason);
  }

  close(): ClosedWindow {
    const { window, at, recorded, overflow } = this;
    const reasons = [...this.gapReasons, ...(overflow.packets > 0 ? ['table-full'] : [])];
    const gaps = reasons.map((reason) => gapEntry(at, window, 'SKIPDATA', reason));
    return closedWindow(at, window, [...this.table.entries(at, window.end), ...gaps], { recorded, overflow });
  }
}
