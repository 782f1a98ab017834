import { EventEmitter } from 'node:events';
import { randomUUID } from 'node:crypto';
import { decideAppend } from './fake-append-decision';
import type {
  FakeAppendOutcome,
  FakeExpectation,
  FakeStreamState,
  ProposedEvent,
  StoredEvent,
} from './fake-event';

const recordOverhead = 97;
const softDeletedFrom = 9223372036854775807n;
const tombstoneRevision = 9223372036854775807n;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

interface FakeStream {
  readonly events: StoredEvent[];
  truncatedBefore: bigint;
  maxCount: bigint | undefined;
  tombstoned: boolean;
}

/** What the server keeps on disk, plus its cache of recent event ids, which {@link FakeEventLog.restart} forgets. */
export class FakeEventLog extends EventEmitter<{ commit: [] }> {
  readonly all: StoredEvent[] = [];
  private readonly streams = new Map<string, FakeStream>();
  /** By event id alone: the first writer of an id keeps the entry, whatever stream it is used in later. */
  private readonly recentIds = new Map<string, { stream: string; revision: bigint }>();
  private end = 0n;

  constructor(private readonly maxAppendSize = 1_048_576) {
    super();
    this.setMaxListeners(0);
  }

  append(stream: string, expected: FakeExpectation, events: readonly ProposedEvent[]): FakeAppendOutcome {
    const refusal = this.refusal(stream, expected, events);
    if (refusal) return refusal;
    const state = this.state(stream);
    const decision = decideAppend(
      {
        state,
        last: this.lastRevision(stream),
        stored: (revision) => this.streams.get(stream)?.events[Number(revision)],
        remembered: (id) => {
          const known = this.recentIds.get(id);
          return known?.stream === stream ? known.revision : undefined;
        },
      },
      expected,
      events,
    );
    if (decision !== 'write') return decision;
    const last = this.write(stream, events);
    if (state === 'soft-deleted')
      this.setMetadata(stream, { $tb: Number(last.revision) - events.length + 1 });
    this.applyMetadata(stream, events);
    this.emit('commit');
    return { kind: 'success', revision: last.revision, position: last.position };
  }

  state(stream: string): FakeStreamState {
    const found = this.streams.get(stream);
    if (found?.tombstoned) return 'tombstoned';
    if (found && found.truncatedBefore === softDeletedFrom) return 'soft-deleted';
    if (found && found.events.length > 0) return 'live';
    return this.streams.get(`$$${stream}`)?.events.length ? 'metadata-only' : 'missing';
  }

  lastRevision(stream: string): bigint {
    return BigInt(this.streams.get(stream)?.events.length ?? 0) - 1n;
  }

  /** Events of the stream that its metadata does not hide. */
  visible(stream: string): readonly StoredEvent[] {
    const found = this.streams.get(stream);
    if (!found) return [];
    const oldest = found.maxCount === undefined ? 0n : BigInt(found.events.length) - found.maxCount;
    const from = found.truncatedBefore > oldest ? found.truncatedBefore : oldest;
    return from <= 0n ? found.events : found.events.slice(Number(from));
  }

  setMetadata(stream: string, metadata: Record<string, unknown>): void {
    this.writeMetadata(stream, JSON.stringify(metadata));
  }

  /** Replaces all other metadata of the stream, as the server does. */
  softDelete(stream: string): void {
    this.writeMetadata(stream, `{"$tb":${softDeletedFrom}}`);
  }

  tombstone(stream: string): void {
    this.write(stream, [systemEvent('$streamDeleted', '')], tombstoneRevision);
    this.stream(stream).tombstoned = true;
    this.emit('commit');
  }

  /** What another application wrote: data that are not JSON, no metadata. */
  appendForeign(stream: string, type: string, data: Uint8Array): void {
    this.write(stream, [
      {
        id: randomUUID(),
        headers: [
          ['type', type],
          ['content-type', 'application/octet-stream'],
        ],
        data,
        metadata: new Uint8Array(),
      },
    ]);
    this.emit('commit');
  }

  /** Forgets all but the first events of the log, as an older copy of its files would. */
  restoreTo(length: number): void {
    for (const { stream } of this.all.splice(length).reverse()) this.streams.get(stream)!.events.pop();
    const last = this.all.at(-1);
    this.end = last ? last.position + sizeOf(last.stream, last) : 0n;
    this.recentIds.clear();
  }

  /** The data stay, the cache of recent ids does not. */
  restart(): void {
    this.recentIds.clear();
  }

  private refusal(
    stream: string,
    expected: FakeExpectation,
    events: readonly ProposedEvent[],
  ): FakeAppendOutcome | undefined {
    const reason =
      (stream === '' && 'empty stream name') ||
      (events.some(({ id }) => !uuid.test(id)) && 'event id is not a UUID') ||
      (events.some(({ headers }) => !headers.some(([key, value]) => key === 'type' && value)) && 'no type') ||
      (typeof expected === 'bigint' && expected >= 2n ** 63n && 'revision out of range');
    if (reason) return { kind: 'bad-request', reason };
    const bytes = events.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);
    return bytes > this.maxAppendSize ? { kind: 'too-large', limit: this.maxAppendSize } : undefined;
  }

  private writeMetadata(stream: string, json: string): void {
    const event = systemEvent('$metadata', json);
    this.write(`$$${stream}`, [event]);
    this.applyMetadata(`$$${stream}`, [event]);
    this.emit('commit');
  }

  private write(stream: string, events: readonly ProposedEvent[], revision?: bigint): StoredEvent {
    const found = this.stream(stream);
    for (const event of events) {
      const stored: StoredEvent = {
        ...event,
        stream,
        revision: revision ?? BigInt(found.events.length),
        position: this.end,
        created: Date.now(),
      };
      this.end += sizeOf(stream, event);
      found.events.push(stored);
      this.all.push(stored);
      if (!this.recentIds.has(event.id)) this.recentIds.set(event.id, { stream, revision: stored.revision });
    }
    return found.events.at(-1)!;
  }

  private applyMetadata(metadataStream: string, events: readonly ProposedEvent[]): void {
    const metadata = events.at(-1);
    if (!metadataStream.startsWith('$$') || !metadata) return;
    const text = Buffer.from(metadata.data).toString('utf8');
    const { $tb = 0, $maxCount } = JSON.parse(text) as { $tb?: number; $maxCount?: number };
    const stream = this.stream(metadataStream.slice(2));
    const undeletes = stream.truncatedBefore === softDeletedFrom && $tb === 0;
    stream.maxCount = $maxCount === undefined ? undefined : BigInt($maxCount);
    if (undeletes) stream.truncatedBefore = BigInt(stream.events.length);
    // The number of a soft deletion does not survive JSON.parse.
    else stream.truncatedBefore = $tb >= 2 ** 53 ? softDeletedFrom : BigInt($tb);
  }

  private stream(name: string): FakeStream {
    const found = this.streams.get(name) ?? {
      events: [],
      truncatedBefore: 0n,
      maxCount: undefined,
      tombstoned: false,
    };
    this.streams.set(name, found);
    return found;
  }
}

const sizeOf = (stream: string, { data, metadata }: ProposedEvent): bigint =>
  BigInt(recordOverhead + Buffer.byteLength(stream) + data.length + metadata.length);

const systemEvent = (type: string, json: string): ProposedEvent => ({
  id: randomUUID(),
  headers: [
    ['type', type],
    ['content-type', 'application/json'],
  ],
  data: new TextEncoder().encode(json),
  metadata: new Uint8Array(),
});
