import { listFingerprint, readCursor, writeCursor } from '@flowledger/event-sourcing';
import type {
  AccountScope,
  AnyProjection,
  Condition,
  EventStore,
  FindOptions,
  IndexedValue,
  Page,
  ReadModel,
  ReadModelStore,
} from '@flowledger/event-sourcing';
import { FlowLogRejected } from '../domain/flow-log.errors';
import { isAfter, parseMoment } from './moment';

/** More events than this are not folded to answer a question about the past. */
export const mostReplayedEvents = 200_000;

export interface ReplayRequest {
  readonly accountId: string;
  /** ISO time or text of a position. */
  readonly asOf: string;
  readonly projections: readonly AnyProjection[];
  readonly mostEvents?: number;
}

type Document = Readonly<Record<string, unknown>>;

/**
 * Read models as they were at a moment: the log is folded up to there, with the projections of today. Lists answer as
 * the stores do, with cursors that are good for the same moment only.
 */
export class PastReadModels implements Pick<ReadModelStore, 'get' | 'find'> {
  private readonly models = new Map<string, Map<string, object>>();
  /** Time of the last event that was folded; undefined when there was none. */
  private last: string | undefined;

  private constructor(
    private readonly asOf: string,
    /** The moment as a time: as asked, or that of the last event up to the position. */
    private readonly askedTime: string | undefined,
  ) {}

  /** @throws FlowLogRejected InvalidParameter, ReplayTooLong */
  static async read(events: EventStore, request: ReplayRequest): Promise<PastReadModels> {
    const { accountId, asOf, projections, mostEvents = mostReplayedEvents } = request;
    const moment = parseMoment(asOf);
    const time = 'time' in moment ? new Date(moment.time).toISOString() : undefined;
    const past = new PastReadModels(asOf, time);
    const streamPrefixes = [...new Set(projections.flatMap((projection) => projection.streamPrefixes))];
    let left = mostEvents;
    for await (const event of events.readAll({ streamPrefixes })) {
      if (isAfter(event, moment)) break;
      if (left-- === 0) throw tooLong(mostEvents);
      if (event.metadata.accountId !== accountId) continue;
      past.last = event.recordedAt;
      for (const projection of projections) {
        if (projection.streamPrefixes.some((prefix) => event.stream.startsWith(prefix))) {
          past.fold(projection, event);
        }
      }
    }
    return past;
  }

  /** ISO 8601; the beginning of time before the first event. */
  get now(): string {
    return this.askedTime ?? this.last ?? new Date(0).toISOString();
  }

  async get<Doc extends object>(
    readModel: ReadModel<Doc>,
    _scope: AccountScope,
    id: string,
  ): Promise<Doc | undefined> {
    return this.documents<Doc>(readModel).get(id);
  }

  async find<Doc extends object>(
    readModel: ReadModel<Doc>,
    scope: AccountScope,
    { filter = {}, sort, limit, after }: FindOptions<Doc>,
  ): Promise<Page<Doc>> {
    const fingerprint = listFingerprint(readModel, scope, { ...filter, asOf: this.asOf }, sort);
    const direction = sort?.direction === 'descending' ? -1 : 1;
    const valueOf = (document: Document, id: string) => (sort ? (document[sort.by] as IndexedValue) : id);
    const order = (a: readonly unknown[], b: readonly unknown[]) =>
      direction * (compare(a[0], b[0]) || compare(a[1], b[1]));
    const start = after === undefined ? undefined : readCursor(after, fingerprint);
    const conditions = Object.entries<Condition | undefined>(filter);
    const found = [...this.documents<Document>(readModel)]
      .filter(([, document]) => conditions.every(([field, wanted]) => meets(document[field], wanted)))
      .map(([id, document]) => [valueOf(document, id), id, document] as const)
      .filter((entry) => !start || order(entry, [start.value, start.id]) > 0)
      .sort(order);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const place = last && { value: last[0], accountId: scope as string, id: last[1] };
    return {
      items: page.map(([, , document]) => document as Doc),
      nextCursor: place && found.length > limit ? writeCursor(fingerprint, place) : null,
    };
  }

  private fold(projection: AnyProjection, event: Parameters<AnyProjection['evolve']>[1]): void {
    const documents = this.documents<object>(projection.readModel);
    for (const id of [projection.documentIds(event) ?? []].flat()) {
      const document = projection.evolve(documents.get(id), event, id);
      if (document) documents.set(id, document);
      else documents.delete(id);
    }
  }

  private documents<Doc extends object>({ name }: Pick<ReadModel<never>, 'name'>): Map<string, Doc> {
    const documents = this.models.get(name) ?? new Map<string, object>();
    this.models.set(name, documents);
    return documents as Map<string, Doc>;
  }
}

const tooLong = (mostEvents: number): FlowLogRejected =>
  new FlowLogRejected(
    'ReplayTooLong',
    `More than ${mostEvents} events lie before that moment; ask for one flow log, or for an earlier moment`,
    'asOf',
  );

const compare = (a: unknown, b: unknown): number => {
  if (a === b) return 0;
  return (a as string | number) < (b as string | number) ? -1 : 1;
};

function meets(value: unknown, condition: Condition | undefined): boolean {
  if (condition === undefined) return true;
  if (condition === null || typeof condition !== 'object') return value === condition;
  if ('in' in condition) return condition.in.includes(value as IndexedValue);
  if ('startsWith' in condition) return typeof value === 'string' && value.startsWith(condition.startsWith);
  const { gte, lt } = condition as { gte?: string | number; lt?: string | number };
  return (gte === undefined || compare(value, gte) >= 0) && (lt === undefined || compare(value, lt) < 0);
}
