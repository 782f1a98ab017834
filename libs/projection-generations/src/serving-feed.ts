import { comparePositions } from '@flowledger/event-sourcing';
import type { LogPosition, ProjectionRunner, RecordedEvent } from '@flowledger/event-sourcing';

export type CommitListener = (events: readonly RecordedEvent[]) => void;

const patience = 5_000;

/**
 * What the runner of a segment has committed, told across a switch from one generation to the next: each event once, none
 * left out, in order. Up to and including position N an event is the old generation's, after N the new one's.
 */
export class ServingFeed {
  private heard: LogPosition | undefined;
  private unsubscribe: () => void = () => undefined;

  constructor(private readonly listener: CommitListener) {}

  /** The first runner. */
  async follow(runner: ProjectionRunner): Promise<void> {
    this.unsubscribe = runner.onCommitted((events) => this.tell(events));
  }

  /**
   * The new runner may have committed events that the old one has not told yet, so it is heard from now on and the old one
   * until it has come as far as the new one is now.
   */
  async change(old: ProjectionRunner, next: ProjectionRunner): Promise<void> {
    const early: RecordedEvent[] = [];
    let tell: CommitListener = (events) => void early.push(...events);
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
    this.listener(fresh);
  }
}
