import { join } from 'node:path';
import type {
  AccountScope,
  Checkpoint,
  ConsumerRecord,
  DocumentKey,
  Filter,
  FindOptions,
  FoldedDocument,
  Lease,
  Page,
  ReadModel,
  ReadModelCommit,
  ScannedDocument,
  WorkReport,
} from '@flowledger/event-sourcing';
import {
  checkField,
  comparePositions,
  everyAccount,
  listFingerprint,
  readCursor,
  ReadModelStore,
  writeCursor,
} from '@flowledger/event-sourcing';
import type Database from 'libsql';
import {
  assertEpoch,
  createConsumers,
  raiseEpoch,
  readCheckpoint,
  readConsumers,
  writeCheckpoint,
  writeReport,
} from './consumer-rows';
import { closeFile, openFile, readable, transaction } from './database-file';
import { readFolded, scanSql, scanned, writeSql } from './document-row';
import { pageSql, whereOf } from './list-query';
import { ProcessLeases } from './process-leases';
import { checkNames, createTable, tableOf } from './schema';
import { Statements } from './statements';

export interface EmbeddedReadModelOptions {
  /** Made when missing; the file in it is `read-models.db`. */
  readonly directory: string;
  /** How long to wait for a process that still holds the file. Default 2,000. */
  readonly lockTimeoutMilliseconds?: number;
  /** Size the file may grow to (in whole pages of 4 KiB); then writes are refused with StorageFull. Default: the disk's. */
  readonly maximumBytes?: number;
}

interface Row {
  readonly account_id: string;
  readonly id: string;
  readonly document: string;
}

/** Read models in one SQLite file that belongs to this process alone. */
export class EmbeddedReadModelStore extends ReadModelStore {
  private readonly statements: Statements;
  private readonly defined = new Set<string>();
  private readonly leases = new ProcessLeases();
  private closed = false;

  /** @throws StoreLocked when another process keeps the file, ReadModelFileUnusable */
  static async open(options: EmbeddedReadModelOptions): Promise<EmbeddedReadModelStore> {
    const { directory, lockTimeoutMilliseconds = 2_000, maximumBytes } = options;
    const path = join(directory, 'read-models.db');
    const db = await openFile(directory, path, lockTimeoutMilliseconds);
    if (maximumBytes !== undefined)
      db.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(maximumBytes / 4096))}`);
    db.exec(createConsumers);
    return new EmbeddedReadModelStore(db, path);
  }

  private constructor(
    private readonly db: Database.Database,
    private readonly path: string,
  ) {
    super();
    this.statements = new Statements(db);
  }

  async define(readModels: readonly ReadModel<never>[]): Promise<void> {
    readModels.forEach(checkNames);
    this.atomically(() => readModels.forEach((readModel) => createTable(this.db, readModel)));
    for (const readModel of readModels) this.defined.add(tableOf(readModel));
  }

  async get<Doc extends object>(
    readModel: ReadModel<Doc>,
    scope: AccountScope,
    id: string,
  ): Promise<Doc | undefined> {
    const table = this.tableOf(readModel);
    const where = scope === everyAccount ? 'id = ? ORDER BY account_id LIMIT 1' : 'id = ? AND account_id = ?';
    const row = this.reading(() =>
      this.statements.get<Row>(
        `SELECT document FROM ${table} WHERE ${where}`,
        scope === everyAccount ? [id] : [id, scope as string],
      ),
    );
    return row && (JSON.parse(row.document) as Doc);
  }

  async getMany(keys: readonly DocumentKey[]): Promise<(FoldedDocument | undefined)[]> {
    return this.reading(() =>
      keys.map((key) => readFolded(this.statements, this.tableOf(key.readModel), key)),
    );
  }

  async find<Doc extends object>(
    readModel: ReadModel<Doc>,
    scope: AccountScope,
    { filter, sort, limit, after }: FindOptions<Doc>,
  ): Promise<Page<Doc>> {
    this.tableOf(readModel);
    if (!Number.isSafeInteger(limit) || limit < 1)
      throw new RangeError(`A page cannot have ${limit} documents`);
    if (sort) checkField(readModel, sort.by);
    const where = whereOf(readModel, scope, filter);
    const fingerprint = listFingerprint(readModel, scope, filter, sort);
    const place = after === undefined ? undefined : readCursor(after, fingerprint);
    const order = { by: sort?.by, descending: sort?.direction === 'descending' };
    const { text, values } = pageSql(readModel, scope, where, order, limit + 1, place);
    const rows = this.reading(() => this.statements.all<Row>(text, values));
    const items = rows.slice(0, limit).map(({ document }) => JSON.parse(document) as Doc);
    if (rows.length <= limit) return { items, nextCursor: null };
    const { account_id: accountId, id } = rows[limit - 1]!;
    const value = sort ? ((items[limit - 1]![sort.by] ?? null) as string | number | boolean | null) : null;
    return { items, nextCursor: writeCursor(fingerprint, { value, accountId, id }) };
  }

  async count<Doc extends object>(
    readModel: ReadModel<Doc>,
    scope: AccountScope,
    filter?: Filter<Doc>,
  ): Promise<number> {
    const table = this.tableOf(readModel);
    const { text, values } = whereOf(readModel, scope, filter);
    return this.reading(
      () => this.statements.get<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE ${text}`, values)!.n,
    );
  }

  async scan(
    readModel: ReadModel<never>,
    { after, limit }: { readonly after?: Pick<ScannedDocument, 'accountId' | 'id'>; readonly limit: number },
  ): Promise<ScannedDocument[]> {
    const { text, values } = scanSql(this.tableOf(readModel), limit, after);
    return this.reading(() => this.statements.all<Parameters<typeof scanned>[0]>(text, values).map(scanned));
  }

  /** A commit behind the consumer's checkpoint was applied before: applying it again could bring back what was deleted since. */
  async commit({ consumer, writes, checkpoint, epoch }: ReadModelCommit): Promise<void> {
    for (const { readModel } of writes) this.tableOf(readModel);
    this.atomically(() => {
      assertEpoch(this.statements, consumer, epoch);
      const reached = readCheckpoint(this.statements, consumer);
      if (reached && checkpoint && comparePositions(checkpoint.position, reached.position) < 0) return;
      for (const write of writes) {
        const { text, values } = writeSql(write);
        this.statements.run(text, values);
      }
      if (checkpoint) writeCheckpoint(this.statements, consumer, checkpoint);
    });
  }

  async checkpoint(consumer: string): Promise<Checkpoint | undefined> {
    return this.reading(() => readCheckpoint(this.statements, consumer));
  }

  async drop(consumer: string, readModels: readonly ReadModel<never>[]): Promise<void> {
    this.statements.clear();
    this.leases.end(consumer);
    this.atomically(() => {
      for (const readModel of readModels) this.db.exec(`DROP TABLE IF EXISTS ${tableOf(readModel)}`);
      this.statements.run('DELETE FROM consumers WHERE consumer = ?', [consumer]);
    });
    for (const readModel of readModels) this.defined.delete(tableOf(readModel));
  }

  async claim(consumer: string, owner: string, milliseconds: number): Promise<Lease | undefined> {
    const current = this.leases.current(consumer);
    if (current && current.lease.owner !== owner) return undefined;
    let epoch = 0;
    this.atomically(() => (epoch = raiseEpoch(this.statements, consumer)));
    const lease = { consumer, owner, epoch };
    this.leases.grant(lease, milliseconds);
    return lease;
  }

  async extend(lease: Lease, milliseconds: number, report: WorkReport): Promise<boolean> {
    if (!this.leases.holds(lease)) return false;
    this.reading(() => writeReport(this.statements, lease.consumer, report));
    this.leases.grant(lease, milliseconds);
    return true;
  }

  async release(lease: Lease): Promise<void> {
    if (this.leases.holds(lease)) this.leases.end(lease.consumer);
  }

  async consumers(): Promise<ConsumerRecord[]> {
    return this.reading(() => readConsumers(this.statements)).map((record) => {
      const current = this.leases.current(record.consumer);
      return current
        ? { ...record, lease: { ...current.lease, expiresInMilliseconds: current.left } }
        : record;
    });
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.statements.clear();
    closeFile(this.db);
  }

  private tableOf(readModel: ReadModel<never>): string {
    const table = tableOf(readModel);
    if (this.defined.has(table)) return table;
    throw new TypeError(
      `The read model ${readModel.name} version ${readModel.version} was not given to define()`,
    );
  }

  private atomically(work: () => void): void {
    this.reading(() => transaction(this.db, work));
  }

  private reading<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw readable(error, this.path);
    }
  }
}
