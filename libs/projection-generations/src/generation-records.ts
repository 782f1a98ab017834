import type { DocumentWrite, ReadModel, ReadModelStore } from '@flowledger/event-sourcing';

/** One build of all read models, with a checkpoint of its own. */
export interface GenerationRecord {
  readonly generation: number;
  /** `name@version` of every read model in it: which code can fold and serve it. */
  readonly manifest: readonly string[];
  /** `dropping` is finished by whoever sees it, should the process that began it have died. */
  readonly status: 'building' | 'ready' | 'dropping';
  /** ISO 8601. */
  readonly createdAt: string;
}

/** Which generation answers queries: the one document that a switch changes. */
export interface ServingGeneration {
  readonly generation: number;
  /** The one before, for the way back. */
  readonly previous: number | null;
  /** ISO 8601. */
  readonly since: string;
}

export const generationRecords: ReadModel<GenerationRecord> = {
  name: 'projection-generations',
  version: 1,
  fields: ['generation'],
};
export const servingGeneration: ReadModel<ServingGeneration> = {
  name: 'serving-generation',
  version: 1,
  fields: [],
};

/** These documents belong to no account. */
const system = 'system';
const consumer = 'projection-generations';
const pointer = 'serving';

/** The records of the generations, and the pointer to the one that serves. Every process sees the same. */
export class GenerationRecords {
  constructor(private readonly store: ReadModelStore) {}

  define(): Promise<void> {
    return this.store.define([generationRecords, servingGeneration]);
  }

  async all(): Promise<GenerationRecord[]> {
    const sort = { by: 'generation', direction: 'ascending' } as const;
    return (await this.store.find(generationRecords, system, { sort, limit: 1_000 })).items;
  }

  serving(): Promise<ServingGeneration | undefined> {
    return this.store.get(servingGeneration, system, pointer);
  }

  /** A new one, to be built by the processes whose code it fits. */
  async begin(manifest: readonly string[], createdAt: string): Promise<GenerationRecord> {
    const generation = Math.max(0, ...(await this.all()).map((one) => one.generation)) + 1;
    const record = { generation, manifest, status: 'building', createdAt } as const;
    await this.put(record);
    return record;
  }

  put(record: GenerationRecord): Promise<void> {
    return this.write({ readModel: generationRecords, id: `${record.generation}`, document: record });
  }

  remove(generation: number): Promise<void> {
    return this.write({ readModel: generationRecords, id: `${generation}`, document: undefined });
  }

  point(serving: ServingGeneration): Promise<void> {
    return this.write({ readModel: servingGeneration, id: pointer, document: serving });
  }

  private write(write: Pick<DocumentWrite, 'readModel' | 'id' | 'document'>): Promise<void> {
    return this.store.commit({ consumer, writes: [{ ...write, accountId: system }] });
  }
}

/**
 * The generation that code with this manifest answers from: the one pointed to if it fits, else the newest that can
 * answer, else the newest at all. So code of two releases can run at the same time, each with its own.
 */
export function chosenGeneration(
  records: readonly GenerationRecord[],
  pointed: number | undefined,
  manifest: readonly string[],
): GenerationRecord | undefined {
  const fitting = records.filter((one) => one.status !== 'dropping' && sameManifest(one.manifest, manifest));
  return (
    fitting.find(({ generation }) => generation === pointed) ??
    fitting.findLast(({ status }) => status === 'ready') ??
    fitting.at(-1)
  );
}

export const manifestOf = (readModels: readonly ReadModel<never>[]): string[] =>
  [...new Set(readModels.map(({ name, version }) => `${name}@${version}`))].sort();

export const sameManifest = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one, index) => one === b[index]);
