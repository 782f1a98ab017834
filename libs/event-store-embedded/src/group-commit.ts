import {
  EventStoreUnavailable,
  logPosition,
  streamRevision,
  UnknownOutcome,
} from '@flowledger/event-sourcing';
import type { AppendResult, Clock, EncodedEvent, ExpectedRevision } from '@flowledger/event-sourcing';
import { decideAppend } from './append-decision';
import type { EventTable } from './event-table';
import { encodeRow } from './record-codec';
import { asPortError, sqliteCode } from './sqlite-failure';
import type { Connection } from './schema';

const maxWaiting = 10_000;
const maxAppendsPerCommit = 1_000;
/** Events after which the clean mark moves on, so that opening after a crash verifies little. */
const markEvery = 1_000;

interface WaitingAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly EncodedEvent[];
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = { readonly result: AppendResult } | { readonly refusal: unknown };

/**
 * Every append that waits is taken in one transaction with one fsync. Each is decided inside it, so that it sees what
 * the ones before it have written; nobody is answered, and nothing can be read, before the commit.
 */
export class GroupCommit {
  private waiting: WaitingAppend[] = [];
  private scheduled = false;
  private failure: EventStoreUnavailable | undefined;
  private marked: number;
  /** The last committed event. */
  head: { readonly position: number; readonly recordedAt: number };

  constructor(
    private readonly database: Connection,
    private readonly table: EventTable,
    private readonly file: string,
    private readonly clock: Clock,
    private readonly committed: () => void,
  ) {
    this.head = table.head();
    this.marked = table.cleanMark();
  }

  append(stream: string, expected: ExpectedRevision, events: readonly EncodedEvent[]): Promise<AppendResult> {
    if (this.failure) return Promise.reject(this.failure);
    if (this.waiting.length >= maxWaiting) {
      return Promise.reject(new EventStoreUnavailable(`${maxWaiting} appends are waiting for ${this.file}`));
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ stream, expected, events, resolve, reject });
      if (this.scheduled) return;
      this.scheduled = true;
      setImmediate(() => this.flush());
    });
  }

  /** Commits whatever waits, now. */
  flush(): void {
    this.scheduled = false;
    while (this.waiting.length > 0) this.commit(this.waiting.splice(0, maxAppendsPerCommit));
  }

  /** Moves the clean mark to the head; called when nothing waits and the store is about to close. */
  markClean(): void {
    if (!this.failure && this.marked !== this.head.position) this.table.setCleanMark(this.head.position);
  }

  private commit(appends: readonly WaitingAppend[]): void {
    if (this.failure) return appends.forEach(({ reject }) => reject(this.failure));
    let head = this.head;
    let outcomes: Outcome[];
    let committing = false;
    try {
      this.database.exec('BEGIN IMMEDIATE');
      const recordedAt = Math.max(head.recordedAt, this.clock.epochMilliseconds());
      outcomes = appends.map((append) => {
        const { outcome, position } = this.take(append, head.position, recordedAt);
        if (position !== head.position) head = { position, recordedAt };
        return outcome;
      });
      if (this.head.position - this.marked >= markEvery) this.table.setCleanMark(this.head.position);
      committing = true;
      this.database.exec('COMMIT');
    } catch (error) {
      return this.rollBack(appends, error, committing);
    }
    if (this.head.position - this.marked >= markEvery) this.marked = this.head.position;
    const wrote = head !== this.head;
    this.head = head;
    for (const [index, { resolve, reject }] of appends.entries()) {
      const outcome = outcomes[index]!;
      if ('result' in outcome) resolve(outcome.result);
      else reject(outcome.refusal);
    }
    if (wrote) this.committed();
  }

  private take(
    { stream, expected, events }: WaitingAppend,
    head: number,
    recordedAt: number,
  ): { outcome: Outcome; position: number } {
    let decision;
    try {
      decision = decideAppend(this.table, stream, expected, events);
    } catch (refusal) {
      if (sqliteCode(refusal) !== undefined) throw refusal;
      return { outcome: { refusal }, position: head };
    }
    if ('already' in decision) return { outcome: { result: decision.already }, position: head };
    let revision = decision.writeFrom - 1;
    let position = head;
    for (const event of events) {
      this.table.insert(encodeRow(++position, stream, ++revision, event, recordedAt));
    }
    return {
      outcome: { result: { revision: streamRevision(revision), position: logPosition(position) } },
      position,
    };
  }

  private rollBack(appends: readonly WaitingAppend[], error: unknown, committing: boolean): void {
    this.table.forget();
    const full = sqliteCode(error)?.startsWith('SQLITE_FULL');
    try {
      if (this.database.inTransaction) this.database.exec('ROLLBACK');
    } catch (cause) {
      this.failure = new EventStoreUnavailable(`${this.file} cannot roll back: restart`, { cause });
    }
    // After a failed fsync nobody knows what the device holds, and a second one would lie about it.
    if (committing && !full) {
      this.failure = new EventStoreUnavailable(`${this.file} could not be written to disk: restart`, {
        cause: error,
      });
    }
    for (const { stream, reject } of appends) {
      reject(
        committing && !full ? new UnknownOutcome(stream, { cause: error }) : asPortError(error, this.file),
      );
    }
  }
}
