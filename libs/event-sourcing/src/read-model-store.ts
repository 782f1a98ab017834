import type { ConsumerRecord, Lease, WorkReport } from './leases';
import type { LogPosition, StreamRevision } from './positions';

declare const everyAccountBrand: unique symbol;
/** For the service's own work only (planner, metrics); a front door always names the account of its token. */
export const everyAccount = Symbol('every account') as symbol & { readonly [everyAccountBrand]: true };
export type AccountScope = string | typeof everyAccount;

/** Values that can be filtered and sorted by: top-level members of a document. */
export type IndexedValue = string | number | boolean | null;

/**
 * A kind of document. A document is plain JSON. `fields` are the top-level members that lists filter or sort by: only
 * these may appear in a {@link FindOptions}. A new `version` is a new, empty collection.
 */
export interface ReadModel<Doc extends object> {
  readonly name: string;
  readonly version: number;
  readonly fields: readonly (keyof Doc & string)[];
  /** Which build of the collection; named by `ProjectionGenerations`, never by who declares the read model. */
  readonly generation?: number;
}

export type Condition =
  | IndexedValue
  | { readonly in: readonly IndexedValue[] }
  | { readonly gte?: string | number; readonly lt?: string | number }
  | { readonly startsWith: string };

export type Filter<Doc extends object> = { readonly [Field in keyof Doc & string]?: Condition };

export interface FindOptions<Doc extends object> {
  /** All conditions must hold. */
  readonly filter?: Filter<Doc>;
  /** Ties are broken by account and document id, so a list has one order. Default: by id, ascending. */
  readonly sort?: { readonly by: keyof Doc & string; readonly direction: 'ascending' | 'descending' };
  readonly limit: number;
  /** `nextCursor` of the previous page. @throws MalformedCursor */
  readonly after?: string;
}

export interface Page<Doc> {
  readonly items: Doc[];
  readonly nextCursor: string | null;
}

export interface DocumentKey {
  readonly readModel: ReadModel<never>;
  readonly accountId: string;
  readonly id: string;
}

/** A document with the position of the last event folded into it: events up to there must not be folded again. */
export interface FoldedDocument {
  readonly document: object;
  readonly position: LogPosition;
}

export interface DocumentWrite extends DocumentKey {
  /** `undefined` deletes. */
  readonly document: object | undefined;
  /**
   * Position of the last event folded into it. A stored document at or after this position is left as it is. Absent for
   * the kernel's own bookkeeping, which no event is folded into: written whatever stands there.
   */
  readonly position?: LogPosition;
}

export interface ScannedDocument extends FoldedDocument {
  readonly accountId: string;
  readonly id: string;
}

/** How far a consumer of the log has got, with the fingerprint that tells whether it is still the same log. */
export interface Checkpoint {
  /** Resume after this position. */
  readonly position: LogPosition;
  /** Last event actually handled; absent before the first. */
  readonly lastEvent?: HandledEvent;
}

/** Enough to find the event again and to see whether it is still the same one. */
export interface HandledEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: StreamRevision;
  readonly position: LogPosition;
}

export interface ReadModelCommit {
  readonly consumer: string;
  readonly writes: readonly DocumentWrite[];
  /** Absent when only documents change: the consumer stays where it is. */
  readonly checkpoint?: Checkpoint;
  /** The lease's, where the consumer has one. */
  readonly epoch?: number;
}

/**
 * Documents folded from the log, and the checkpoints of their consumers. Everything in it can be rebuilt.
 *  - `commit` stores documents and checkpoint in one transaction. Where the server has none: guarded documents first,
 *    the checkpoint last, so that a repeat after a crash is harmless.
 *  - a checkpoint never goes back.
 */
export abstract class ReadModelStore {
  /** Creates collections and indexes that are missing. Called once at start with every read model in use. */
  abstract define(readModels: readonly ReadModel<never>[]): Promise<void>;

  abstract get<Doc extends object>(
    readModel: ReadModel<Doc>,
    scope: AccountScope,
    id: string,
  ): Promise<Doc | undefined>;

  /** The documents of several keys at once, in the order asked; a missing one is undefined. */
  abstract getMany(keys: readonly DocumentKey[]): Promise<(FoldedDocument | undefined)[]>;

  abstract find<Doc extends object>(
    readModel: ReadModel<Doc>,
    scope: AccountScope,
    options: FindOptions<Doc>,
  ): Promise<Page<Doc>>;

  abstract count<Doc extends object>(
    readModel: ReadModel<Doc>,
    scope: AccountScope,
    filter?: Filter<Doc>,
  ): Promise<number>;

  /** Every document with its position, ordered by account and id. @returns fewer than `limit` at the end */
  abstract scan(
    readModel: ReadModel<never>,
    options: { readonly after?: Pick<ScannedDocument, 'accountId' | 'id'>; readonly limit: number },
  ): Promise<ScannedDocument[]>;

  /** @throws LeaseLost when `epoch` is not the consumer's: nothing was written */
  abstract commit(commit: ReadModelCommit): Promise<void>;

  abstract checkpoint(consumer: string): Promise<Checkpoint | undefined>;

  /** Removes these collections, and what is known of the consumer: checkpoint, epoch, report. */
  abstract drop(consumer: string, readModels: readonly ReadModel<never>[]): Promise<void>;

  /**
   * Claims the consumer for as long as given, unless another owner's lease has not run out. Time is the store's own.
   * @returns undefined when another owner has it
   */
  abstract claim(consumer: string, owner: string, milliseconds: number): Promise<Lease | undefined>;

  /** From now on for as long as given. @returns false when the lease was lost */
  abstract extend(lease: Lease, milliseconds: number, report: WorkReport): Promise<boolean>;

  /** Gives the consumer back at once; no matter if the lease was lost before. */
  abstract release(lease: Lease): Promise<void>;

  abstract consumers(): Promise<ConsumerRecord[]>;

  abstract close(): Promise<void>;
}
