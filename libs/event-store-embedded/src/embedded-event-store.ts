import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import {
  assertAppendable,
  EventStore,
  EventStoreUnavailable,
  logPosition,
  SystemClock,
} from '@flowledger/event-sourcing';
import type {
  AppendResult,
  Clock,
  ExpectedRevision,
  LogPosition,
  NewEvent,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
  SubscribeOptions,
  SubscriptionMessage,
} from '@flowledger/event-sourcing';
import { copyLog } from './backup';
import { CommitSignal } from './commit-signal';
import { EventTable } from './event-table';
import { GroupCommit } from './group-commit';
import { LogPages, pageSize } from './log-pages';
import { openDatabase, releaseDatabase } from './schema';
import type { Connection } from './schema';
import { asPortError } from './sqlite-failure';
import { StreamPages } from './stream-pages';
import { followLog } from './subscription';
import { asDamage, verifyRecords, verifyStructure, verifyTail } from './verification';
import type { VerificationProgress } from './verification';

export interface EmbeddedEventStoreOptions {
  /** Created when it is missing, mode 0700. The log is `events.db` in it. */
  readonly directory: string;
  readonly clock?: Clock;
  /** Bound of the file in SQLite pages (4 KiB each). */
  readonly maxPages?: number;
}

/** The log in one SQLite file of this process. Idempotency of `any` and `stream-exists` survives restarts. */
export class EmbeddedEventStore extends EventStore {
  private readonly commits = new CommitSignal();
  private readonly writer: GroupCommit;
  private readonly streams: StreamPages;
  private closed = false;

  private constructor(
    private readonly database: Connection,
    readonly file: string,
    clock: Clock,
  ) {
    super();
    const table = new EventTable(database);
    this.writer = new GroupCommit(database, table, file, clock, () => this.commits.wake());
    verifyTail(database, file, table.cleanMark(), this.writer.head.position);
    this.streams = new StreamPages(database, file);
  }

  /**
   * Becomes the only owner of the directory and verifies what was written since the last clean mark.
   * @throws StoreLocked after 2 s, UnknownFormat, CorruptRecord
   */
  static async open({ directory, clock, maxPages }: EmbeddedEventStoreOptions): Promise<EmbeddedEventStore> {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const file = join(directory, 'events.db');
    const database = await openDatabase(file);
    try {
      const store = new EmbeddedEventStore(database, file, clock ?? new SystemClock());
      if (maxPages !== undefined) store.limitPages(maxPages);
      return store;
    } catch (error) {
      releaseDatabase(database);
      throw asPortError(error, file);
    }
  }

  /** Changes the bound of the file while it is in use; below its present size nothing more is taken. */
  limitPages(maxPages: number): void {
    if (!Number.isSafeInteger(maxPages) || maxPages < 1) throw new RangeError('maxPages must be at least 1');
    this.database.pragma(`max_page_count = ${maxPages}`);
  }

  async append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<AppendResult> {
    const encoded = assertAppendable(stream, events, expected);
    this.assertOpen();
    return this.writer.append(stream, expected, encoded);
  }

  async *readStream(stream: string, options: ReadStreamOptions = {}): AsyncGenerator<RecordedEvent> {
    const { direction = 'forwards', from, maxCount = Infinity } = options;
    const backwards = direction === 'backwards';
    let next = from === undefined ? (backwards ? Number.MAX_SAFE_INTEGER : 0) : Number(from);
    let left = maxCount;
    while (left > 0 && next >= 0) {
      const limit = Math.min(pageSize, left);
      const events = this.guarded(() => this.streams.page(stream, direction, next, limit));
      yield* events;
      if (events.length < limit) return;
      left -= events.length;
      next = Number(events.at(-1)!.revision) + (backwards ? -1 : 1);
    }
  }

  async *readAll(options: ReadAllOptions = {}): AsyncGenerator<RecordedEvent> {
    const { direction = 'forwards', from, maxCount = Infinity, streamPrefixes } = options;
    this.assertOpen();
    const pages = new LogPages(this.database, this.file, streamPrefixes);
    const head = this.writer.head.position;
    const backwards = direction === 'backwards';
    const start = from === undefined ? (backwards ? head + 1 : 0) : Number(from.commit);
    let position = backwards ? Math.min(start, head + 1) : start;
    let left = maxCount;
    while (left > 0 && (backwards ? position > 1 : position < head)) {
      const limit = Math.min(pageSize, left);
      const { events, through } = this.guarded(() =>
        backwards ? pages.backwards(position, limit) : pages.forwards(position, head, limit),
      );
      yield* events;
      left -= events.length;
      position = backwards ? through + 1 : through;
      await turn();
    }
  }

  subscribe(options: SubscribeOptions = {}): AsyncGenerator<SubscriptionMessage> {
    const pages = new LogPages(this.database, this.file, options.streamPrefixes);
    return followLog(
      {
        pages: { forwards: (...range) => this.guarded(() => pages.forwards(...range)) },
        commits: this.commits,
        head: () => this.writer.head.position,
        ended: () => this.closed,
      },
      options,
    );
  }

  async head(): Promise<LogPosition | undefined> {
    this.assertOpen();
    const { position } = this.writer.head;
    return position === 0 ? undefined : logPosition(position);
  }

  /**
   * Verifies every record and the file's structure; reports page by page and does not stop at damage.
   * Appends may go on; events behind the head of the call are not looked at.
   */
  async *verifyAll(): AsyncGenerator<VerificationProgress> {
    this.assertOpen();
    const head = this.writer.head.position;
    try {
      for (const progress of verifyRecords(this.database, this.file, 0, head)) {
        yield progress;
        await turn();
        this.assertOpen();
      }
      yield { position: head, head, damage: verifyStructure(this.database, this.file) };
    } catch (error) {
      yield { position: head, head, damage: [asDamage(error, this.file)] };
    }
  }

  /** Writes a verified copy of the log as it is now to a new file, durably, while appends go on. */
  async backupTo(target: string): Promise<void> {
    this.assertOpen();
    this.writer.flush();
    await copyLog(this.database, this.file, this.writer.head.position, target).catch((error: unknown) => {
      throw asPortError(error, target);
    });
  }

  /** Commits what waits, ends the subscriptions and gives the files back. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.writer.flush();
    this.closed = true;
    this.commits.wake();
    try {
      this.writer.markClean();
    } finally {
      releaseDatabase(this.database);
    }
  }

  private guarded<T>(read: () => T): T {
    this.assertOpen();
    try {
      return read();
    } catch (error) {
      throw asPortError(error, this.file);
    }
  }

  private assertOpen(): void {
    if (this.closed) throw new EventStoreUnavailable(`${this.file} is closed`);
  }
}
