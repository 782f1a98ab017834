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
  everyAccount,
  listFingerprint,
  readCursor,
  ReadModelStore,
  writeCursor,
} from '@flowledger/event-sourcing';
import type { Db } from 'mongodb';
import { MongoClient } from 'mongodb';
import { changesOf, commitAtomically, commitInOrder } from './commit';
import { consumersOf, dropConsumer, readCheckpoint, recordOf } from './consumers';
import { readable, ReadModelUnavailable, redactedUrl } from './errors';
import { claim, extend, release, serverTime } from './leases';
import { beyond, queryOf, sortPaths } from './list-query';
import { checkNames, collectionOf, createIndexes } from './schema';
import type { StoredDocument } from './stored-document';
import { loadedForm, loadedPosition, memberOf } from './stored-document';

export interface MongoReadModelOptions {
  /** `mongodb://…` or `mongodb+srv://…` */
  readonly url: string;
  /** Default: the one the URL names, else `flowledger`. */
  readonly database?: string;
  /** Milliseconds to look for a server before an operation fails. Default 5,000. */
  readonly serverSelectionTimeoutMilliseconds?: number;
}

/** Read models in MongoDB: transactions where the server has them, guarded single-document writes everywhere. */
export class MongoReadModelStore extends ReadModelStore {
  private readonly defined = new Set<string>();

  /** @throws ReadModelUnavailable */
  static async connect(options: MongoReadModelOptions): Promise<MongoReadModelStore> {
    const { url, database, serverSelectionTimeoutMilliseconds = 5_000 } = options;
    const server = redactedUrl(url);
    let client: MongoClient | undefined;
    try {
      client = new MongoClient(url, {
        serverSelectionTimeoutMS: serverSelectionTimeoutMilliseconds,
        writeConcern: { w: 'majority' },
        retryWrites: true,
        ignoreUndefined: true,
        appName: 'flowledger',
      });
      await client.connect();
      const hello = await client.db('admin').command({ hello: 1 });
      const transactions = hello['setName'] !== undefined || hello['msg'] === 'isdbgrid';
      const name = database ?? (client.options.dbName === 'test' ? 'flowledger' : client.options.dbName);
      return new MongoReadModelStore(client, client.db(name), server, transactions);
    } catch (error) {
      await client?.close();
      // What the driver says of a malformed address may repeat its credentials.
      if (!client) throw new ReadModelUnavailable(server, 'the address is malformed');
      throw readable(error, server);
    }
  }

  private constructor(
    private readonly client: MongoClient,
    private readonly db: Db,
    private readonly server: string,
    /** Whether documents and checkpoint are stored in one transaction. */
    readonly transactions: boolean,
  ) {
    super();
  }

  async define(readModels: readonly ReadModel<never>[]): Promise<void> {
    readModels.forEach(checkNames);
    for (const readModel of readModels) {
      await this.attempt(() => createIndexes(this.db, readModel));
      this.defined.add(collectionOf(readModel));
    }
  }

  async get<Doc extends object>(
    readModel: ReadModel<Doc>,
    scope: AccountScope,
    id: string,
  ): Promise<Doc | undefined> {
    const collection = this.collection(readModel);
    const found = await this.attempt(() =>
      scope === everyAccount
        ? collection.findOne({ '_id.id': { $eq: id } }, { sort: { '_id.accountId': 1 } })
        : collection.findOne({ _id: { $eq: { accountId: scope as string, id } } }),
    );
    return found ? (loadedForm(found.document) as Doc) : undefined;
  }

  async getMany(keys: readonly DocumentKey[]): Promise<(FoldedDocument | undefined)[]> {
    const text = ({ readModel, accountId, id }: DocumentKey) =>
      JSON.stringify([collectionOf(readModel), accountId, id]);
    const found = new Map<string, FoldedDocument>();
    for (const readModel of new Map(
      keys.map((key) => [collectionOf(key.readModel), key.readModel]),
    ).values()) {
      const group = keys.filter((key) => collectionOf(key.readModel) === collectionOf(readModel));
      const ids = group.map(({ accountId, id }) => ({ accountId, id }));
      const documents = await this.attempt(() =>
        this.collection(readModel)
          .find({ _id: { $in: ids } }, { useBigInt64: true })
          .toArray(),
      );
      for (const { _id, document, lastPosition } of documents) {
        const position = loadedPosition(lastPosition);
        found.set(text({ readModel, ..._id }), { document: loadedForm(document), position });
      }
    }
    return keys.map((key) => found.get(text(key)));
  }

  async find<Doc extends object>(
    readModel: ReadModel<Doc>,
    scope: AccountScope,
    { filter, sort, limit, after }: FindOptions<Doc>,
  ): Promise<Page<Doc>> {
    const collection = this.collection(readModel);
    if (!Number.isSafeInteger(limit) || limit < 1)
      throw new RangeError(`A page cannot have ${limit} documents`);
    if (sort) checkField(readModel, sort.by);
    const query = queryOf(readModel, scope, filter);
    const fingerprint = listFingerprint(readModel, scope, filter, sort);
    const place = after === undefined ? undefined : readCursor(after, fingerprint);
    const descending = sort?.direction === 'descending';
    const paths = sortPaths(sort?.by, scope);
    const whole = place ? { $and: [query, beyond(place, paths, descending)] } : query;
    const order = Object.fromEntries(paths.map((path) => [path, descending ? (-1 as const) : (1 as const)]));
    const found = await this.attempt(() =>
      collection
        .find(whole)
        .sort(order)
        .limit(limit + 1)
        .toArray(),
    );
    const items = found.slice(0, limit).map(({ document }) => loadedForm(document) as Doc);
    if (found.length <= limit) return { items, nextCursor: null };
    const value = sort ? memberOf(items[limit - 1]!, sort.by) : null;
    return { items, nextCursor: writeCursor(fingerprint, { value, ...found[limit - 1]!._id }) };
  }

  async count<Doc extends object>(
    readModel: ReadModel<Doc>,
    scope: AccountScope,
    filter?: Filter<Doc>,
  ): Promise<number> {
    const collection = this.collection(readModel);
    const pipeline = [{ $match: queryOf(readModel, scope, filter) }, { $count: 'count' }];
    const [counted] = await this.attempt(() => collection.aggregate<{ count: number }>(pipeline).toArray());
    return counted?.count ?? 0;
  }

  async scan(
    readModel: ReadModel<never>,
    { after, limit }: { readonly after?: Pick<ScannedDocument, 'accountId' | 'id'>; readonly limit: number },
  ): Promise<ScannedDocument[]> {
    const query = after
      ? {
          $or: [
            { '_id.accountId': { $gt: after.accountId } },
            { '_id.accountId': { $eq: after.accountId }, '_id.id': { $gt: after.id } },
          ],
        }
      : {};
    const found = await this.attempt(() =>
      this.collection(readModel)
        .find(query, { useBigInt64: true })
        .sort({ '_id.accountId': 1, '_id.id': 1 })
        .limit(limit)
        .toArray(),
    );
    return found.map(({ _id: { accountId, id }, document, lastPosition }) => ({
      accountId,
      id,
      document: loadedForm(document),
      position: loadedPosition(lastPosition),
    }));
  }

  async commit(commit: ReadModelCommit): Promise<void> {
    for (const { readModel } of commit.writes) this.collection(readModel);
    const changes = changesOf(commit.writes);
    await this.attempt(async () => {
      if (!this.transactions) return commitInOrder(this.db, changes, commit);
      await readCheckpoint(this.db, commit.consumer);
      return this.client.withSession((session) =>
        session.withTransaction(() => commitAtomically(this.db, session, changes, commit), {
          readConcern: { level: 'snapshot' },
          writeConcern: { w: 'majority' },
        }),
      );
    });
  }

  async checkpoint(consumer: string): Promise<Checkpoint | undefined> {
    return this.attempt(() => readCheckpoint(this.db, consumer));
  }

  async drop(consumer: string, readModels: readonly ReadModel<never>[]): Promise<void> {
    const names = readModels.map(collectionOf);
    await this.attempt(() => dropConsumer(this.db, consumer, names));
    for (const name of names) this.defined.delete(name);
  }

  claim(consumer: string, owner: string, milliseconds: number): Promise<Lease | undefined> {
    return this.attempt(() => claim(this.db, consumer, owner, milliseconds));
  }

  extend(lease: Lease, milliseconds: number, report: WorkReport): Promise<boolean> {
    return this.attempt(() => extend(this.db, lease, milliseconds, report));
  }

  release(lease: Lease): Promise<void> {
    return this.attempt(() => release(this.db, lease));
  }

  async consumers(): Promise<ConsumerRecord[]> {
    return this.attempt(async () => {
      const now = await serverTime(this.db);
      const found = await consumersOf(this.db).find({}, { useBigInt64: true }).sort({ _id: 1 }).toArray();
      return found.filter(({ dropping }) => !dropping).map((one) => recordOf(one, now));
    });
  }

  async close(): Promise<void> {
    await this.client.close();
  }

  private collection(readModel: ReadModel<never>) {
    const name = collectionOf(readModel);
    if (this.defined.has(name)) return this.db.collection<StoredDocument>(name);
    throw new TypeError(
      `The read model ${readModel.name} version ${readModel.version} was not given to define()`,
    );
  }

  private async attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw readable(error, this.server);
    }
  }
}
