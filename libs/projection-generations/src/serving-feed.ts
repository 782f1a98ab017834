import { comparePositions } from '@flowledger/event-sourcing';
import type { LogPosition, ProjectionRunner, RecordedEvent } from '@flowledger/event-sourcing';

type Listener = (events: readonly RecordedEvent[]) => void;

const patience = 5_000;

/**
 * What a runner has committed, told to listeners across a switch from one generation to the next: each event once, none
 * left out, in order. Up to and including position N an event is the old generation's, after N the new one's.
 */
export class ServingFeed {
  private readonly listeners = new Set<Listener>();
  private heard: LogPosition | undefined;
  private unsubscribe: () => void = () => undefined;

  onCommitted(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The first runner. */
  follow(runner: ProjectionRunner): void {
    this.unsubscribe = runner.onCommitted((events) => this.tell(events));
  }

  /**
   * The new runner may have committed events that the old one has not told yet, so it is heard from now on and the old one
   * until it has come as far as the new one is now.
   */
  async change(old: ProjectionRunner, next: ProjectionRunner): Promise<void> {
    const early: RecordedEvent[] = [];
    let tell: Listener = (events) => void early.push(...events);
    const unsubscribe = next.onCommitted((events) => tell(events));
    const begun = await next.whileStill(async () => next.position);
    if (begun) await old.reached(begun, patience);
    this.unsubscribe();
    this.unsubscribe = unsubscribe;
    this.tell(early);
    tell = (events) => this.tell(events);
  }

  stop(): void {
    this.unsubscribe();
  }

  private tell(events: readonly RecordedEvent[]): void {
    const { heard } = this;
    const fresh = heard ? events.filter(({ position }) => comparePositions(position, heard) > 0) : events;
    const last = fresh.at(-1);
    if (!last) return;
    this.heard = last.position;
    for (const listener of this.listeners) listener(fresh);
  }
}
