import { Injectable } from '@nestjs/common';
import { Overloaded, TooManyCommands } from './overloaded';
import { Pressure } from './pressure';

/** `spool`: it also fills the spool. `relief`: it makes things better, so only the number in flight bounds it. */
export type CommandLoad = 'log' | 'spool' | 'relief';

/** Lets commands in, or refuses them before anything piles up. */
@Injectable()
export class Admission {
  private running = 0;
  private readonly counts = new Map<string, number>();

  constructor(private readonly pressure: Pressure) {}

  get inFlight(): number {
    return this.running;
  }

  /** Since the start, by reason. */
  get refused(): ReadonlyMap<string, number> {
    return this.counts;
  }

  /**
   * @returns to be called once the command has ended, whichever way
   * @throws Overloaded @throws TooManyCommands
   */
  admit(load: CommandLoad): () => void {
    const { mostCommandsInFlight } = this.pressure;
    if (this.running >= mostCommandsInFlight) {
      this.count('in-flight');
      throw new TooManyCommands(mostCommandsInFlight);
    }
    // A full spool is mended by commands, too: they must not be kept out by it.
    const exceeded = load === 'relief' ? [] : this.pressure.exceeded();
    const first = exceeded.find(({ reason }) => reason !== 'spool' || load === 'spool');
    if (first) {
      this.count(first.reason);
      throw new Overloaded(first);
    }
    this.running += 1;
    let ended = false;
    return () => {
      if (!ended) this.running -= 1;
      ended = true;
    };
  }

  private count(reason: string): void {
    this.counts.set(reason, (this.counts.get(reason) ?? 0) + 1);
  }
}
