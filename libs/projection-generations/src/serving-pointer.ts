import { sleep } from '@flowledger/event-sourcing';
import type { ReadModel, ReadModelStore } from '@flowledger/event-sourcing';
import { chosenGeneration, GenerationRecords, manifestOf } from './generation-records';
import { firstGeneration } from './generation-view';
import type { GenerationView } from './generation-view';

/** Keeps a view at the generation that serves, in a process that folds none. */
export class ServingPointer {
  private readonly records: GenerationRecords;
  private readonly manifest: readonly string[];
  private readonly stopping = new AbortController();
  private looking: Promise<void> = Promise.resolve();

  constructor(
    store: ReadModelStore,
    private readonly view: GenerationView,
    /** Those that the code of this process knows. */
    readModels: readonly ReadModel<never>[],
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
      const generation = chosen?.generation ?? firstGeneration;
      if (this.view.generation !== generation) this.view.generation = generation;
    } catch (error) {
      this.onFailure(error);
    }
  }
}
