import { performance } from 'node:perf_hooks';
import { BSON } from 'mongodb';
import { CommandFailure, writeConflict } from './command-failure';
import type { Document } from './wire';

export const keyOf = (id: unknown): string => BSON.EJSON.stringify({ id });

export interface View {
  documents(namespace: string): ReadonlyMap<string, Document>;
  write(namespace: string, key: string, document: Document | undefined): void;
}

/** What is committed. Documents are replaced, never changed, so identity tells whether one was written since. */
export class Collections implements View {
  private readonly all = new Map<string, Map<string, Document>>();
  private readonly locks = new Map<string, Transaction>();
  /** `transactionLifetimeLimitSeconds`: only then is a transaction ended whose client was killed. */
  transactionLifetimeMilliseconds = 60_000;

  documents(namespace: string): Map<string, Document> {
    let documents = this.all.get(namespace);
    if (!documents) this.all.set(namespace, (documents = new Map<string, Document>()));
    return documents;
  }

  /** A plain write that meets an open transaction is refused (a server would wait); the driver repeats it. */
  write(namespace: string, key: string, document: Document | undefined): void {
    if (this.holder(`${namespace} ${key}`))
      throw new CommandFailure(112, 'WriteConflict', ['RetryableWriteError']);
    this.apply(namespace, key, document);
  }

  begin(): Transaction {
    return new Transaction(
      this,
      new Map([...this.all].map(([name, documents]) => [name, new Map(documents)])),
    );
  }

  lock(namespace: string, key: string, owner: Transaction): void {
    const holder = this.holder(`${namespace} ${key}`);
    if (holder && holder !== owner) throw writeConflict();
    this.locks.set(`${namespace} ${key}`, owner);
  }

  private holder(lock: string): Transaction | undefined {
    const holder = this.locks.get(lock);
    if (holder && performance.now() - holder.begunAt > this.transactionLifetimeMilliseconds) holder.abort();
    return this.locks.get(lock);
  }

  release(owner: Transaction): void {
    for (const [lock, holder] of this.locks) if (holder === owner) this.locks.delete(lock);
  }

  apply(namespace: string, key: string, document: Document | undefined): void {
    if (document) this.documents(namespace).set(key, document);
    else this.documents(namespace).delete(key);
  }
}

/** A snapshot with its own writes on top; the first writer of a document wins. */
export class Transaction implements View {
  private readonly writes = new Map<
    string,
    { namespace: string; key: string; document: Document | undefined }
  >();
  readonly begunAt = performance.now();
  state: 'open' | 'committed' | 'aborted' = 'open';

  constructor(
    private readonly committed: Collections,
    private readonly snapshot: Map<string, Map<string, Document>>,
  ) {}

  documents(namespace: string): Map<string, Document> {
    let documents = this.snapshot.get(namespace);
    if (!documents) this.snapshot.set(namespace, (documents = new Map<string, Document>()));
    return documents;
  }

  write(namespace: string, key: string, document: Document | undefined): void {
    const seen = this.documents(namespace).get(key);
    const own = this.writes.has(`${namespace} ${key}`);
    if (!own && this.committed.documents(namespace).get(key) !== seen) throw writeConflict();
    this.committed.lock(namespace, key, this);
    this.writes.set(`${namespace} ${key}`, { namespace, key, document });
    if (document) this.documents(namespace).set(key, document);
    else this.documents(namespace).delete(key);
  }

  commit(): void {
    if (this.state === 'open') {
      for (const { namespace, key, document } of this.writes.values())
        this.committed.apply(namespace, key, document);
    }
    this.state = 'committed';
    this.committed.release(this);
  }

  abort(): void {
    this.state = 'aborted';
    this.committed.release(this);
  }
}
