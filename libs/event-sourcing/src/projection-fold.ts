import type { RecordedEvent } from './event';
import type { ParkedSequence, ParkedSequences } from './parked-events';
import { comparePositions } from './positions';
import type { LogPosition } from './positions';
import type { AnyProjection } from './projection';
import type { DocumentWrite, ReadModelStore } from './read-model-store';

interface Folded {
  readonly document: object | undefined;
  /** Undefined for a document that was never stored. */
  readonly position: LogPosition | undefined;
}

interface Step {
  readonly event: RecordedEvent;
  readonly projection: AnyProjection;
  readonly id: string;
  readonly key: string;
}

const rememberedDocuments = 50_000;

/**
 * Folds events into documents in memory, until the documents are taken to be committed. What was folded or read stays
 * remembered: its owner is the only writer of these documents, so nothing is read twice.
 */
export class ProjectionFold {
  private readonly routes = new Map<string, readonly AnyProjection[]>();
  private readonly remembered = new Map<string, Folded>();
  private readonly changed = new Map<string, DocumentWrite>();

  /** @throws TypeError for a stream prefix that is not `category-`: events are told apart by category */
  constructor(
    private readonly readModels: ReadModelStore,
    private readonly projections: readonly AnyProjection[],
    private readonly parked: ParkedSequences,
    private readonly now: () => string,
  ) {
    const odd = projections
      .flatMap(({ streamPrefixes }) => streamPrefixes)
      .find((one) => !/^[^-]+-$/.test(one));
    if (odd) throw new TypeError(`"${odd}" is not a category of streams: it must end with its only hyphen`);
  }

  /** Number of documents changed since the last {@link take}. */
  get size(): number {
    return this.changed.size;
  }

  async add(events: readonly RecordedEvent[]): Promise<void> {
    const steps = events.flatMap((event) => this.stepsOf(event));
    await this.recall(steps);
    for (const step of steps) this.fold(step);
    this.forgetOldest();
  }

  /** The documents as they are now, each written once however often it changed. */
  take(): DocumentWrite[] {
    const writes = [...this.changed.values()];
    this.changed.clear();
    return writes;
  }

  /** What the store holds is the truth again. */
  clear(): void {
    this.changed.clear();
    this.remembered.clear();
  }

  private stepsOf(event: RecordedEvent): Step[] {
    return this.concerned(event).flatMap((projection) => {
      const stream = sequenceOf(projection, event, `stream:${event.stream}`);
      if (this.parked.has(stream)) return this.park(stream, event);
      let ids;
      try {
        ids = projection.documentIds(event) ?? [];
      } catch (error) {
        return this.park(stream, event, error);
      }
      return (typeof ids === 'string' ? [ids] : ids).map((id) => ({
        event,
        projection,
        id,
        key: `${projection.readModel.name}\0${event.metadata.accountId}\0${id}`,
      }));
    });
  }

  private concerned({ stream }: RecordedEvent): readonly AnyProjection[] {
    const category = stream.slice(0, stream.indexOf('-') + 1);
    let projections = this.routes.get(category);
    if (!projections) {
      projections = this.projections.filter(({ streamPrefixes }) => streamPrefixes.includes(category));
      // Categories are few; what makes them many is not worth remembering.
      if (this.routes.size < 1_000) this.routes.set(category, projections);
    }
    return projections;
  }

  private async recall(steps: readonly Step[]): Promise<void> {
    const unknown = new Map<string, Step>();
    for (const step of steps) if (!this.remembered.has(step.key)) unknown.set(step.key, step);
    if (unknown.size === 0) return;
    const wanted = [...unknown.values()];
    const stored = await this.readModels.getMany(
      wanted.map(({ projection: { readModel }, event, id }) => ({
        readModel,
        accountId: event.metadata.accountId,
        id,
      })),
    );
    wanted.forEach(({ key }, index) => {
      const { document, position } = this.changed.get(key) ?? stored[index] ?? {};
      this.remembered.set(key, { document, position });
    });
  }

  private fold({ event, projection, id, key }: Step): void {
    const { document: before, position } = this.remembered.get(key)!;
    // A crash between documents and checkpoint, where the store has no transactions: folded already.
    if (position && comparePositions(event.position, position) <= 0) return;
    const sequence = sequenceOf(projection, event, id);
    if (this.parked.has(sequence)) return void this.park(sequence, event);
    try {
      const document = projection.evolve(before, event, id);
      this.remembered.delete(key);
      this.remembered.set(key, { document, position: event.position });
      const { readModel } = projection;
      const { accountId } = event.metadata;
      this.changed.set(key, { readModel, accountId, id, document, position: event.position });
    } catch (error) {
      this.park(sequence, event, error);
    }
  }

  private park(sequence: ParkedSequence, event: RecordedEvent, error?: unknown): [] {
    const write = this.parked.park(sequence, event, this.now(), error);
    this.changed.set(`\0${sequence.accountId}\0${write.id}`, write);
    return [];
  }

  private forgetOldest(): void {
    for (const key of this.remembered.keys()) {
      if (this.remembered.size <= rememberedDocuments) break;
      this.remembered.delete(key);
    }
  }
}

const sequenceOf = (
  { readModel }: AnyProjection,
  { metadata }: RecordedEvent,
  sequence: string,
): ParkedSequence => ({
  readModel: readModel.name,
  accountId: metadata.accountId,
  sequence,
});
