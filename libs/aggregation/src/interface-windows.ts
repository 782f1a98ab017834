import type { Observation, PlannedInterface } from '@flowledger/flow-record';
import type { Classified } from './classify';
import type { ClosedWindow } from './closed-window';
import { closedWindow, entryInterface, gapEntry } from './closed-window';
import { OpenWindow } from './open-window';
import type { Window } from './schedule';
import { windowFrom } from './schedule';

/** The open windows of one interface, and how far its silence has been reported. */
export class InterfaceWindows {
  private readonly open = new Map<number, OpenWindow>();
  private keys = 0;

  constructor(
    private planned: PlannedInterface,
    /** Unix seconds: windows that begin earlier were not watched whole, their silence proves nothing. */
    private watchedFrom: number,
    private readonly maxKeys: number,
  ) {}

  get isIdle(): boolean {
    return this.open.size === 0;
  }

  replan(planned: PlannedInterface): void {
    this.planned = planned;
  }

  add(window: Window, observation: Observation, classified: Classified): boolean {
    const opened = this.openAt(window);
    const before = opened.keys;
    const added = opened.add(observation, classified, this.keys < this.maxKeys);
    this.keys += opened.keys - before;
    return added;
  }

  skipData(window: Window, reason: string): void {
    this.openAt(window).skipData(reason);
  }

  /** Windows that end at `horizon` or before. */
  closeUpTo(horizon: number): ClosedWindow[] {
    return [...this.open.values()]
      .filter(({ window }) => window.end <= horizon)
      .map((opened) => this.close(opened));
  }

  /** One NODATA a watched window that ends at `horizon` or before and is not open: call before `closeUpTo`. */
  silentUpTo(horizon: number): ClosedWindow[] {
    const silent: ClosedWindow[] = [];
    const at = entryInterface(this.planned);
    for (;;) {
      const window = windowFrom(this.planned.schedule, this.watchedFrom);
      if (!window || window.end > horizon) return silent;
      if (!this.open.has(window.start))
        silent.push(closedWindow(at, window, [gapEntry(at, window, 'NODATA')]));
      this.watchedFrom = window.end;
    }
  }

  private close(opened: OpenWindow): ClosedWindow {
    this.open.delete(opened.window.start);
    this.keys -= opened.keys;
    return opened.close();
  }

  private openAt(window: Window): OpenWindow {
    let opened = this.open.get(window.start);
    if (!opened) {
      opened = new OpenWindow(window, entryInterface(this.planned));
      this.open.set(window.start, opened);
    }
    return opened;
  }
}
