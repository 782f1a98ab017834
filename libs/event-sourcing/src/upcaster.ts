import type { EventMetadata, RecordedEvent } from './event';
import { UnknownEventVersion, UpcastersBroken } from './upcast-errors';

/**
 * Turns one stored shape of an event into the next. It lives beside the events that it changes and stays for ever, as
 * what was stored does.
 */
export interface Upcaster {
  readonly type: string;
  /** The schema version that `up` reads. */
  readonly from: number;
  /** The shape that `up` gives: one version later when absent. An event that was renamed says its new type here. */
  readonly to?: EventShape;
  /** Pure: it must not change `data`. What is not in the data it may take from the metadata. */
  up(data: unknown, metadata: EventMetadata): unknown;
}

export interface EventShape {
  readonly type: string;
  readonly schemaVersion: number;
}

/** The upcasters of a deployment, one chain a type: reads every shape there ever was, and knows the one to write. */
export class Upcasters {
  /** The step at index n reads version n + 1. */
  private readonly chains = new Map<string, Upcaster[]>();

  /** @throws UpcastersBroken when a version is missing, two upcasters read it, or they lead in a circle */
  constructor(upcasters: Iterable<Upcaster> = []) {
    for (const step of [...upcasters].sort((a, b) => a.from - b.from)) {
      const chain = this.chains.get(step.type) ?? [];
      if (step.from !== chain.length + 1) {
        throw new UpcastersBroken(step.type, `the next one reads ${chain.length + 1}, not ${step.from}`);
      }
      this.chains.set(step.type, [...chain, step]);
    }
    for (const [type] of this.chains) this.assertEnds({ type, schemaVersion: 1 });
  }

  /** The schema version in which the type is written now; undefined when it was renamed and is only read. */
  versionOf(type: string): number | undefined {
    const chain = this.chains.get(type) ?? [];
    return (chain.at(-1)?.to?.type ?? type) === type ? chain.length + 1 : undefined;
  }

  /** The event in its current shape: the same object when that is what was stored. @throws UnknownEventVersion */
  upcast<E extends RecordedEvent>(event: E): E {
    const { type, metadata } = event;
    // Other writers of the same log may leave it out.
    const { schemaVersion: stored = 1 } = metadata as Partial<EventMetadata>;
    const newest = this.versionOf(type) ?? this.chains.get(type)!.length;
    if (!Number.isInteger(stored) || stored < 1 || stored > newest)
      throw new UnknownEventVersion(event, newest);
    if (stored === this.versionOf(type)) return event;
    let shape: EventShape = { type, schemaVersion: stored };
    let data: unknown = event.data;
    for (let step = this.stepFrom(shape); step; step = this.stepFrom(shape)) {
      data = step.up(data, metadata);
      shape = after(step);
    }
    return {
      ...event,
      type: shape.type,
      data,
      metadata: { ...metadata, schemaVersion: shape.schemaVersion },
    };
  }

  private stepFrom({ type, schemaVersion }: EventShape): Upcaster | undefined {
    return this.chains.get(type)?.[schemaVersion - 1];
  }

  private assertEnds(first: EventShape): void {
    const seen = new Set<Upcaster>();
    for (let step = this.stepFrom(first); step; step = this.stepFrom(after(step))) {
      if (seen.has(step)) throw new UpcastersBroken(first.type, 'they lead in a circle');
      seen.add(step);
    }
  }
}

const after = ({ type, from, to }: Upcaster): EventShape => to ?? { type, schemaVersion: from + 1 };
