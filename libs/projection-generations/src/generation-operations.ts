import {
  comparePositions,
  parkedEvents,
  ProjectionRunner,
  segmentConsumer,
  sleep,
  SystemClock,
} from '@flowledger/event-sourcing';
import type {
  Clock,
  ConsumerRecord,
  EventStore,
  LogPosition,
  ReadModel,
  ReadModelStore,
} from '@flowledger/event-sourcing';
import { compareGenerations } from './compare-generations';
import type { GenerationComparison } from './compare-generations';
import { GenerationRefused } from './errors';
import { progressOf } from './generation-progress';
import type { GenerationProgress } from './generation-progress';
import { chosenGeneration, GenerationRecords, manifestOf, sameManifest } from './generation-records';
import type { GenerationRecord } from './generation-records';
import { consumerOf, generationalNames, GenerationView } from './generation-view';

export interface GenerationOperationsOptions {
  readonly events: EventStore;
  /** The store itself, not a view of it. */
  readonly readModels: ReadModelStore;
  /** All that are folded, as the code of this process knows them. */
  readonly folded: readonly ReadModel<never>[];
  readonly segments?: number;
  readonly clock?: Clock;
}

const patience = 10_000;

/** What an operator does with generations, from any process: it is written down, and the workers see it within a second. */
export class GenerationOperations {
  private readonly records: GenerationRecords;
  private readonly manifest: readonly string[];
  private readonly names: ReadonlySet<string>;
  private readonly folded: readonly ReadModel<never>[];
  private readonly consumers: readonly string[];

  constructor(private readonly options: GenerationOperationsOptions) {
    const { segments = 1 } = options;
    this.records = new GenerationRecords(options.readModels);
    // Several process managers share the read models of their timers.
    this.folded = [...new Map(options.folded.map((one) => [`${one.name}@${one.version}`, one])).values()];
    this.manifest = manifestOf(this.folded);
    this.names = generationalNames(this.folded);
    this.consumers = Array.from({ length: segments }, (_, index) =>
      segmentConsumer(ProjectionRunner.consumer, { index, of: segments }),
    );
  }

  async list(): Promise<GenerationProgress[]> {
    const { records, serving } = await this.all();
    const head = await this.options.events.head();
    const known = new Map((await this.options.readModels.consumers()).map((one) => [one.consumer, one]));
    return records.map((record) =>
      progressOf(record, record.generation === serving?.generation, head, this.consumersOf(record, known)),
    );
  }

  /** Begins a new generation beside the one that serves. @throws GenerationRefused while one is being built */
  async rebuild(): Promise<GenerationRecord> {
    const { records, serving } = await this.all();
    const unfinished = records.find(
      ({ status, generation, manifest }) =>
        status === 'building' && generation !== serving?.generation && sameManifest(manifest, this.manifest),
    );
    if (unfinished) {
      throw new GenerationRefused(
        'RebuildInProgress',
        `Generation ${unfinished.generation} is being built: wait for it, or drop it`,
      );
    }
    return this.records.begin(this.manifest, this.now());
  }

  /** Resolves when the workers have brought the generation to the live edge. @throws GenerationRefused when it is gone */
  async untilReady(generation: number, stop?: AbortSignal): Promise<void> {
    while (!stop?.aborted && (await this.record(generation)).status !== 'ready') await sleep(50, stop);
  }

  /** Differences between a generation and the one that serves. Both go on being folded meanwhile. */
  async compare(generation: number, listed?: number): Promise<GenerationComparison> {
    const serving = (await this.all()).serving!;
    const views = [await this.view(serving), await this.view(await this.record(generation))] as const;
    return compareGenerations({
      serving: views[0],
      candidate: views[1],
      readModels: this.folded,
      listed,
      settled: async () => {
        const head = await this.options.events.head();
        if (head) await Promise.all(views.map((view) => this.passed(view, head)));
      },
    });
  }

  /** From now on queries are answered by this generation. @throws GenerationRefused unless it is ready and whole */
  async switchTo(generation: number): Promise<void> {
    const record = await this.record(generation);
    if (record.status !== 'ready') {
      throw new GenerationRefused(
        'GenerationNotReady',
        `Generation ${generation} has not caught up with the log`,
      );
    }
    if ((await (await this.view(record)).scan(parkedEvents, { limit: 1 })).length > 0) {
      throw new GenerationRefused(
        'GenerationHasParkedEvents',
        `Generation ${generation} has parked events: replay them first ("flowledger projections parked")`,
      );
    }
    const previous = (await this.all()).serving?.generation ?? null;
    if (previous !== generation) await this.records.point({ generation, previous, since: this.now() });
  }

  /** Back to the generation that served before. @throws GenerationRefused */
  async rollBack(): Promise<number> {
    const { records } = await this.all();
    const previous = (await this.records.serving())?.previous;
    if (!previous || !records.some((one) => one.generation === previous && one.status !== 'dropping')) {
      throw new GenerationRefused('NoPreviousGeneration', 'There is no generation to go back to');
    }
    await this.switchTo(previous);
    return previous;
  }

  /**
   * The workers remove the generation, built or half built, with all of its documents.
   * @throws GenerationRefused for the one that serves
   */
  async drop(generation: number): Promise<void> {
    const record = await this.record(generation);
    if ((await this.all()).serving?.generation === generation) {
      throw new GenerationRefused(
        'GenerationServes',
        `Generation ${generation} answers queries: switch first`,
      );
    }
    await this.records.put({ ...record, status: 'dropping' });
  }

  private async all(): Promise<{ records: GenerationRecord[]; serving: GenerationRecord | undefined }> {
    await this.records.define();
    const records = await this.records.all();
    const pointed = (await this.records.serving())?.generation;
    return { records, serving: chosenGeneration(records, pointed, this.manifest) };
  }

  private async record(generation: number): Promise<GenerationRecord> {
    const found = (await this.all()).records.find((one) => one.generation === generation);
    if (!found || found.status === 'dropping') {
      throw new GenerationRefused('GenerationNotFound', `There is no generation ${generation}`);
    }
    return found;
  }

  private async view({ generation }: GenerationRecord): Promise<GenerationView> {
    const view = new GenerationView(this.options.readModels, this.names, generation);
    await view.define([parkedEvents, ...this.folded]);
    return view;
  }

  private consumersOf(
    { generation }: GenerationRecord,
    known: ReadonlyMap<string, ConsumerRecord>,
  ): (ConsumerRecord | undefined)[] {
    return this.consumers.map((consumer) => known.get(consumerOf(consumer, generation)));
  }

  /** Whoever folds it; gives up after a while. */
  private async passed(view: GenerationView, position: LogPosition): Promise<void> {
    const giveUpAt = Date.now() + patience;
    for (const consumer of this.consumers) {
      while (Date.now() < giveUpAt) {
        const reached = (await view.checkpoint(consumer))?.position;
        if (reached && comparePositions(reached, position) >= 0) break;
        await sleep(10);
      }
    }
  }

  private now(): string {
    return (this.options.clock ?? new SystemClock()).now();
  }
}
