import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { comparePositions } from '@flowledger/event-sourcing';
import type { FoldedDocument, ReadModel, ReadModelStore, ScannedDocument } from '@flowledger/event-sourcing';

/** A document that two generations do not agree on, though they have folded it up to the same event. */
export interface DocumentDifference {
  readonly readModel: string;
  readonly accountId: string;
  readonly id: string;
  /** Undefined where there is none. */
  readonly serving: object | undefined;
  readonly candidate: object | undefined;
}

export interface ReadModelComparison {
  readonly readModel: string;
  readonly serving: number;
  readonly candidate: number;
  /** SHA-256 over the serving documents in order of account and id: what was compared. */
  readonly hash: string;
}

export interface GenerationComparison {
  readonly readModels: readonly ReadModelComparison[];
  /** At most as many as asked for; `differing` counts all. */
  readonly differences: readonly DocumentDifference[];
  readonly differing: number;
  /** Documents that went on changing while they were looked at: compare again when it is quieter. */
  readonly unsettled: number;
}

export interface ComparisonOptions {
  readonly serving: ReadModelStore;
  readonly candidate: ReadModelStore;
  readonly readModels: readonly ReadModel<never>[];
  /** Resolves when both have folded what the log holds now. */
  readonly settled: () => Promise<void>;
  readonly listed?: number;
}

type Key = Pick<ScannedDocument, 'accountId' | 'id'>;
const pageSize = 1_000;
const rounds = 5;

/**
 * Walks both generations side by side while they go on being folded. What differs is looked at again after both have
 * caught up, so that only documents folded up to the same event are called different.
 */
export async function compareGenerations(options: ComparisonOptions): Promise<GenerationComparison> {
  const { readModels, listed = 100 } = options;
  const comparisons: ReadModelComparison[] = [];
  const differences: DocumentDifference[] = [];
  let differing = 0;
  let unsettled = 0;
  for (const readModel of readModels) {
    const walked = await walk(options, readModel);
    comparisons.push(walked.comparison);
    let suspects: readonly Key[] = walked.suspects;
    for (let round = 0; suspects.length > 0 && round < rounds; round++) {
      await options.settled();
      const looked = await lookAgain(options, readModel, suspects);
      suspects = looked.moving;
      differing += looked.different.length;
      differences.push(...looked.different.slice(0, Math.max(0, listed - differences.length)));
    }
    unsettled += suspects.length;
  }
  return { readModels: comparisons, differences, differing, unsettled };
}

async function walk(
  { serving, candidate }: ComparisonOptions,
  readModel: ReadModel<never>,
): Promise<{ comparison: ReadModelComparison; suspects: Key[] }> {
  const hash = createHash('sha256');
  const suspects: Key[] = [];
  const counts = { serving: 0, candidate: 0 };
  const left = documentsOf(serving, readModel);
  const right = documentsOf(candidate, readModel);
  let a = (await left.next()).value;
  let b = (await right.next()).value;
  while (a || b) {
    const order = !a ? 1 : !b ? -1 : compareKeys(a, b);
    if (order !== 0 || !sameFold(a, b)) suspects.push(order <= 0 ? a! : b!);
    if (order <= 0) {
      counts.serving++;
      hash.update(JSON.stringify([a!.accountId, a!.id, a!.document]));
      a = (await left.next()).value;
    }
    if (order >= 0) {
      counts.candidate++;
      b = (await right.next()).value;
    }
  }
  return { comparison: { readModel: readModel.name, ...counts, hash: hash.digest('hex') }, suspects };
}

async function* documentsOf(
  store: ReadModelStore,
  readModel: ReadModel<never>,
): AsyncGenerator<ScannedDocument, undefined> {
  let page = await store.scan(readModel, { limit: pageSize });
  for (;;) {
    yield* page;
    if (page.length < pageSize) return undefined;
    page = await store.scan(readModel, { limit: pageSize, after: page.at(-1) });
  }
}

async function lookAgain(
  { serving, candidate }: ComparisonOptions,
  readModel: ReadModel<never>,
  suspects: readonly Key[],
): Promise<{ different: DocumentDifference[]; moving: Key[] }> {
  const different: DocumentDifference[] = [];
  const moving: Key[] = [];
  for (const { accountId, id } of suspects) {
    const keys = [{ readModel, accountId, id }];
    const [before] = await serving.getMany(keys);
    const [b] = await candidate.getMany(keys);
    const [a] = await serving.getMany(keys);
    const still = positionsEqual(before, a);
    if (still && sameFold(a, b)) continue;
    // Folded up to different events, and one of them only just: the other has not come there yet.
    if (!still) moving.push({ accountId, id });
    else
      different.push({
        readModel: readModel.name,
        accountId,
        id,
        serving: a?.document,
        candidate: b?.document,
      });
  }
  return { different, moving };
}

const positionsEqual = (a: FoldedDocument | undefined, b: FoldedDocument | undefined): boolean =>
  a && b ? comparePositions(a.position, b.position) === 0 : a === b;

const sameFold = (a: FoldedDocument | undefined, b: FoldedDocument | undefined): boolean =>
  a && b ? positionsEqual(a, b) && isDeepStrictEqual(a.document, b.document) : a === b;

function compareKeys(a: Key, b: Key): number {
  return compareText(a.accountId, b.accountId) || compareText(a.id, b.id);
}

/** By code point, as the stores do. */
const compareText = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
