import { parkedEvents, sleep } from '@flowledger/event-sourcing';
import type { ReadModel, ReadModelStore } from '@flowledger/event-sourcing';
import { chosenGeneration, GenerationRecords, manifestOf } from './generation-records';
import { firstGeneration, generationalNames, GenerationView } from './generation-view';

/** Keeps a view at the generation that serves, in a process that folds none. */
export class ServingPointer {
  private readonly records: GenerationRecords;
  private readonly manifest: readonly string[];
  private readonly stopping = new AbortController();
  private looking: Promise<void> = Promise.resolve();
  private turned: number | undefined;

  constructor(
    private readonly store: ReadModelStore,
    private readonly view: GenerationView,
    /** Those that the code of this process knows. */
    private readonly readModels: readonly ReadModel<never>[],
    private readonly onFailure: (error: unknown) => void,
    private readonly everyMilliseconds = 1_000,
  ) {
    this.records = new GenerationRecords(store);
    this.manifest = manifestOf(readModels);
  }

  /** Resolves after the first look, unless it failed: starting before the store is a normal state. */
  async start(): Promise<void> {
    await this.look();
    this.looking = this.keepLooking();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.looking;
  }

  private async turnTo(generation: number): Promise<void> {
    if (this.turned === generation) return;
    const next = new GenerationView(this.store, generationalNames(this.readModels), generation);
    await next.define([parkedEvents, ...this.readModels]);
    this.view.generation = generation;
    this.turned = generation;
  }

  private async keepLooking(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await sleep(this.everyMilliseconds, signal);
      if (!signal.aborted) await this.look();
    }
  }

  private async look(): Promise<void> {
    try {
      await this.records.define();
      const pointed = (await this.records.serving())?.generation;
      const chosen = chosenGeneration(await this.records.all(), pointed, this.manifest);
      await this.turnTo(chosen?.generation ?? firstGeneration);
    } catch (error) {
      this.onFailure(error);
    }
  }
}
