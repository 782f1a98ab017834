import type { Observation, PlannedInterface } from '@flowledger/flow-record';
import type { Classified } from './classify';
import { classify } from './classify';
import type { ClosedWindow } from './closed-window';
import { InterfaceDirectory } from './interface-directory';
import { InterfaceWindows } from './interface-windows';
import type { Window } from './schedule';
import { windowAt, windowUnder } from './schedule';
import type { Skipped, Volume } from './tally';
import { Tally } from './tally';

export type CollectionMode =
  | {
      readonly kind: 'live';
      /** Unix seconds: when watching began. Windows that ended by then are closed. */
      readonly since: number;
      /** Seconds a window stays open after its end for observations that arrive late; 10 by default. */
      readonly grace?: number;
    }
  /** Under the last acknowledged configuration, whatever the packets' time (DD-19 `current`); no grace, no NODATA. */
  | { readonly kind: 'import' }
  /** Under the configuration of each packet's own time (DD-19 `historic`); no grace, no NODATA. */
  | { readonly kind: 'historic' };

export interface AggregatorOptions {
  readonly mode: CollectionMode;
  /** Live keys of one interface over all its open windows; 500,000 by default. */
  readonly maxKeysPerInterface?: number;
}

/** Observations in, closed windows out: one pass an interface, before any flow log is looked at. */
export class WindowAggregator {
  private readonly directory = new InterfaceDirectory([]);
  private readonly windows = new Map<string, InterfaceWindows>();
  private readonly tally = new Tally();
  private readonly maxKeys: number;
  private readonly grace: number;
  /** Windows that end here or before take nothing more. */
  private closedUpTo: number;

  constructor(
    interfaces: readonly PlannedInterface[],
    private readonly options: AggregatorOptions,
  ) {
    const { mode } = options;
    this.maxKeys = options.maxKeysPerInterface ?? 500_000;
    this.grace = mode.kind === 'live' ? (mode.grace ?? 10) : 0;
    this.closedUpTo = mode.kind === 'live' ? mode.since : -Infinity;
    this.replan(interfaces);
  }

  /** Observed so far, once for each interface that records it: equals recorded + skipped once all is closed. */
  get observed(): Volume {
    return this.tally.observed;
  }

  get skipped(): Skipped {
    return this.tally.skipped;
  }

  /** Takes a new plan. Open windows keep the configuration they began under. */
  replan(interfaces: readonly PlannedInterface[]): void {
    this.directory.take(interfaces);
    for (const planned of interfaces) {
      const known = this.windows.get(planned.networkInterfaceId);
      if (known) known.replan(planned);
      else
        this.windows.set(
          planned.networkInterfaceId,
          new InterfaceWindows(planned, this.closedUpTo, this.maxKeys),
        );
    }
  }

  /**
   * `namedInterfaceId`: the interface that saw everything, for captures that name one (DD-20).
   * An observation belongs whole to the window of its first packet: divide longer records before.
   */
  observe(observation: Observation, namedInterfaceId?: string): void {
    const named = namedInterfaceId === undefined ? undefined : this.directory.find(namedInterfaceId);
    const isUnknown = namedInterfaceId !== undefined && !named;
    const recording = isUnknown ? [] : classify(observation, this.directory, named);
    if (recording.length === 0) {
      this.tally.observe(observation);
      this.tally.skip('no-interface', observation);
    }
    for (const classified of recording) this.record(observation, classified);
  }

  /**
   * Marks the window that holds `time` as incomplete; it closes with a SKIPDATA entry, even when it has passed.
   * False when the interface is unknown or was not collected then.
   */
  skipData(networkInterfaceId: string, time: number, reason: string): boolean {
    const planned = this.directory.find(networkInterfaceId);
    const window = planned && this.windowOf(planned, time);
    if (!window) return false;
    this.windows.get(networkInterfaceId)!.skipData(window, reason);
    return true;
  }

  /** Closes the windows whose end and grace lie at `now` (Unix seconds) or before; reports silence when live. */
  closeUpTo(now: number): ClosedWindow[] {
    const horizon = now - this.grace;
    this.closedUpTo = Math.max(this.closedUpTo, horizon);
    const closed: ClosedWindow[] = [];
    for (const [id, windows] of this.windows) {
      const planned = this.directory.find(id);
      if (planned && this.options.mode.kind === 'live') closed.push(...windows.silentUpTo(horizon));
      closed.push(...windows.closeUpTo(horizon));
      if (!planned && windows.isIdle) this.windows.delete(id);
    }
    return inOrder(closed);
  }

  /** Closes everything, unfinished windows too: the end of an import, or a clean stop (DD-26). */
  closeAll(): ClosedWindow[] {
    return inOrder([...this.windows.values()].flatMap((windows) => windows.closeUpTo(Infinity)));
  }

  private record(observation: Observation, classified: Classified): void {
    const { networkInterface } = classified;
    this.tally.observe(observation);
    const window = this.windowOf(networkInterface, observation.first.seconds);
    if (!window) return this.tally.skip('not-collected', observation);
    if (window.end <= this.closedUpTo) return this.tally.skip('late', observation);
    const windows = this.windows.get(networkInterface.networkInterfaceId)!;
    if (!windows.add(window, observation, classified)) this.tally.skip('table-full', observation);
  }

  private windowOf({ schedule }: PlannedInterface, time: number): Window | null {
    if (this.options.mode.kind !== 'import') return windowAt(schedule, time);
    const last = schedule.at(-1);
    return last ? windowUnder(last, time) : null;
  }
}

function inOrder(closed: ClosedWindow[]): ClosedWindow[] {
  const byInterface = (a: ClosedWindow, b: ClosedWindow) =>
    a.networkInterfaceId < b.networkInterfaceId ? -1 : 1;
  return closed.sort(
    (a, b) => a.windowEnd - b.windowEnd || a.windowStart - b.windowStart || byInterface(a, b),
  );
}
