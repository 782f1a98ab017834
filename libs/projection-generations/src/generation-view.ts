import { parkedEvents, ProjectionRunner, ReadModelStore } from '@flowledger/event-sourcing';
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

/** The first build keeps the plain names, so that a store without generations is one with a single generation. */
export const firstGeneration = 1;

/** Names of the read models that exist once a generation, when these are folded. */
export const generationalNames = (readModels: readonly ReadModel<never>[]): ReadonlySet<string> =>
  new Set([parkedEvents.name, ...readModels.map(({ name }) => name)]);

/** Consumers that exist once a generation: those that fold it. */
export const isGenerational = (consumer: string): boolean => consumer.startsWith(ProjectionRunner.consumer);

/** Name of the consumer that folds a generation. */
export const consumerOf = (consumer: string, generation: number): string =>
  generation === firstGeneration ? consumer : `${consumer}.g${generation}`;

/**
 * The store as one generation sees it: read models of the set are those of the generation, all others are the shared ones.
 * `generation` may change while it is used: what is asked next is asked of the new one.
 */
export class GenerationView extends ReadModelStore {
  private readonly mapped = new Map<ReadModel<never>, ReadModel<never>>();

  constructor(
    private readonly store: ReadModelStore,
    /** Names of the read models that exist once a generation. */
    private readonly names: ReadonlySet<string>,
    private current: number,
    private readonly consumerNames: (consumer: string) => boolean = isGenerational,
  ) {
    super();
  }

  get generation(): number {
    return this.current;
  }

  set generation(generation: number) {
    this.current = generation;
    this.mapped.clear();
  }

  define(readModels: readonly ReadModel<never>[]): Promise<void> {
    return this.store.define(readModels.map((one) => this.of(one)));
  }

  get<Doc extends object>(
    readModel: ReadModel<Doc>,
    scope: AccountScope,
    id: string,
  ): Promise<Doc | undefined> {
    return this.store.get(this.of(readModel), scope, id);
  }

  getMany(keys: readonly DocumentKey[]): Promise<(FoldedDocument | undefined)[]> {
    return this.store.getMany(keys.map((key) => ({ ...key, readModel: this.of(key.readModel) })));
  }

  find<Doc extends object>(
    readModel: ReadModel<Doc>,
    scope: AccountScope,
    options: FindOptions<Doc>,
  ): Promise<Page<Doc>> {
    return this.store.find(this.of(readModel), scope, options);
  }

  count<Doc extends object>(
    readModel: ReadModel<Doc>,
    scope: AccountScope,
    filter?: Filter<Doc>,
  ): Promise<number> {
    return this.store.count(this.of(readModel), scope, filter);
  }

  scan(
    readModel: ReadModel<never>,
    options: { readonly after?: Pick<ScannedDocument, 'accountId' | 'id'>; readonly limit: number },
  ): Promise<ScannedDocument[]> {
    return this.store.scan(this.of(readModel), options);
  }

  commit(commit: ReadModelCommit): Promise<void> {
    const writes = commit.writes.map((write) => ({ ...write, readModel: this.of(write.readModel) }));
    return this.store.commit({ ...commit, consumer: this.consumerName(commit.consumer), writes });
  }

  checkpoint(consumer: string): Promise<Checkpoint | undefined> {
    return this.store.checkpoint(this.consumerName(consumer));
  }

  drop(consumer: string, readModels: readonly ReadModel<never>[]): Promise<void> {
    return this.store.drop(
      this.consumerName(consumer),
      readModels.map((one) => this.of(one)),
    );
  }

  claim(consumer: string, owner: string, milliseconds: number): Promise<Lease | undefined> {
    return this.store.claim(this.consumerName(consumer), owner, milliseconds);
  }

  extend(lease: Lease, milliseconds: number, report: WorkReport): Promise<boolean> {
    return this.store.extend(lease, milliseconds, report);
  }

  release(lease: Lease): Promise<void> {
    return this.store.release(lease);
  }

  /** Under their plain names: those that fold another generation have its number behind. */
  async consumers(): Promise<ConsumerRecord[]> {
    return (await this.store.consumers()).map((record) => {
      const [, plain, number] = /^(.*?)(?:\.g(\d+))?$/.exec(record.consumer)!;
      if (!this.consumerNames(plain!)) return record;
      const generation = Number(number ?? firstGeneration);
      return { ...record, consumer: generation === this.current ? plain! : `${plain}.g${generation}` };
    });
  }

  /** Closes the store, for every view of it. */
  close(): Promise<void> {
    return this.store.close();
  }

  /** What the store knows this consumer as. */
  consumerName(consumer: string): string {
    return this.consumerNames(consumer) ? consumerOf(consumer, this.current) : consumer;
  }

  private of<Doc extends object>(readModel: ReadModel<Doc>): ReadModel<Doc> {
    if (this.current === firstGeneration || !this.names.has(readModel.name)) return readModel;
    const key = readModel as ReadModel<never>;
    let mapped = this.mapped.get(key);
    if (!mapped) this.mapped.set(key, (mapped = { ...key, generation: this.current }));
    return mapped as ReadModel<Doc>;
  }
}
