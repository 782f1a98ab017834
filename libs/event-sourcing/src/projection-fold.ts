import type { RecordedEvent } from './event';
import type { ParkedSequence, ParkedSequences } from './parked-events';
import { comparePositions } from './positions';
import type { LogPosition } from './positions';
import type { AnyProjection } from './projection';
import type { DocumentKey, DocumentWrite, ReadModelStore } from './read-model-store';

/** A document as it stands in memory. Changed in place: every event of a rebuild comes by here. */
interface Folded extends DocumentKey {
  document: object | undefined;
  /** Undefined for a document that was never stored. */
  position: LogPosition | undefined;
}

interface Step {
  readonly event: RecordedEvent;
  readonly projection: AnyProjection;
  readonly key: string;
  readonly folded: Folded;
}

const rememberedDocuments = 50_000;

/**
 * Folds events into documents in memory, until the documents are taken to be committed. What was folded or read stays
 * remembered: its owner is the only writer of these documents, so nothing is read twice.
 */
export class ProjectionFold {
  private readonly routes = new Map<string, readonly AnyProjection[]>();
  private readonly remembered = new Map<string, Folded>();
  private readonly changed = new Map<string, Folded>();
  private parkings: DocumentWrite[] = [];

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
    return this.changed.size + this.parkings.length;
  }

  async add(events: readonly RecordedEvent[]): Promise<void> {
    const steps: Step[] = [];
    const unknown = new Map<string, Folded>();
    for (const event of events) {
      for (const projection of this.concerned(event)) {
        for (const id of this.idsOf(projection, event)) {
          steps.push(this.stepOf(event, projection, id, unknown));
        }
      }
    }
    if (unknown.size > 0) await this.recall(unknown);
    for (const step of steps) this.fold(step);
    this.forgetOldest();
  }

  /** The documents as they are now, each written once however often it changed. */
  take(): DocumentWrite[] {
    const writes = [...[...this.changed.values()].map((folded) => ({ ...folded })), ...this.parkings];
    this.changed.clear();
    this.parkings = [];
    return writes;
  }

  /** What the store holds is the truth again. */
  clear(): void {
    this.changed.clear();
    this.parkings = [];
    this.remembered.clear();
  }

  private idsOf(projection: AnyProjection, event: RecordedEvent): readonly string[] {
    const stream = `stream:${event.stream}`;
    if (this.isParked(projection, event, stream)) return this.park(projection, event, stream);
    try {
      const ids = projection.documentIds(event) ?? [];
      return typeof ids === 'string' ? [ids] : ids;
    } catch (error) {
      return this.park(projection, event, stream, error);
    }
  }

  private stepOf(
    event: RecordedEvent,
    projection: AnyProjection,
    id: string,
    unknown: Map<string, Folded>,
  ): Step {
    const { readModel } = projection;
    const { accountId } = event.metadata;
    const key = `${readModel.name}\0${accountId}\0${id}`;
    let folded = this.remembered.get(key) ?? this.changed.get(key) ?? unknown.get(key);
    if (!folded) {
      folded = { readModel, accountId, id, document: undefined, position: undefined };
      unknown.set(key, folded);
    }
    return { event, projection, key, folded };
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

  private async recall(unknown: ReadonlyMap<string, Folded>): Promise<void> {
    const stored = await this.readModels.getMany([...unknown.values()]);
    let index = 0;
    for (const [key, folded] of unknown) {
      Object.assign(folded, stored[index++]);
      this.remembered.set(key, folded);
    }
  }

  private fold({ event, projection, key, folded }: Step): void {
    const { id, document, position } = folded;
    // A crash between documents and checkpoint, where the store has no transactions: folded already.
    if (position && comparePositions(event.position, position) <= 0) return;
    if (this.isParked(projection, event, id)) return void this.park(projection, event, id);
    try {
      folded.document = projection.evolve(document, event, id);
      folded.position = event.position;
      this.changed.set(key, folded);
    } catch (error) {
      this.park(projection, event, id, error);
    }
  }

  private isParked(projection: AnyProjection, event: RecordedEvent, sequence: string): boolean {
    return this.parked.sequences > 0 && this.parked.has(sequenceOf(projection, event, sequence));
  }

  private park(projection: AnyProjection, event: RecordedEvent, sequence: string, error?: unknown): [] {
    this.parkings.push(this.parked.park(sequenceOf(projection, event, sequence), event, this.now(), error));
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
