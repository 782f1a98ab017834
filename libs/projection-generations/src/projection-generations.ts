import { parkedEvents, ProjectionRunner, sleep, SystemClock } from '@flowledger/event-sourcing';
import type { ProjectionRunnerOptions, ReadModel } from '@flowledger/event-sourcing';
import { compareGenerations } from './compare-generations';
import type { GenerationComparison } from './compare-generations';
import { GenerationRefused } from './errors';
import { progressOf } from './generation-progress';
import type { GenerationProgress, RunningGeneration } from './generation-progress';
import { GenerationRecords, manifestOf, sameManifest } from './generation-records';
import type { GenerationRecord } from './generation-records';
import { firstGeneration, GenerationView } from './generation-view';
import { ServingFeed } from './serving-feed';

export type ProjectionGenerationsOptions = ProjectionRunnerOptions & {
  /** How often the records are looked at, which other processes may have changed. */
  readonly lookEveryMilliseconds?: number;
};

interface Build extends RunningGeneration {
  readonly record: GenerationRecord;
  readonly view: GenerationView;
}

/**
 * Blue and green: generations of all read models, each with its own collections and checkpoint, folded side by side; one
 * of them answers queries. A rebuild makes a new one while the old one serves, the switch is one document, and the old
 * one goes on being folded until it is dropped, so the way back is as quick. Code whose read models have other versions
 * finds no generation that fits, builds its own, and leaves the old one to the code that fits it.
 */
export class ProjectionGenerations {
  private readonly records: GenerationRecords;
  private readonly builds = new Map<number, Build>();
  private readonly manifest: readonly string[];
  private readonly readModels: readonly ReadModel<never>[];
  private readonly names: ReadonlySet<string>;
  private readonly aborter = new AbortController();
  private looking: Promise<void> = Promise.resolve();
  private inTurn: Promise<unknown> = Promise.resolve();
  private current: Build | undefined;
  private readonly feed = new ServingFeed();
  /** Answers from the generation that serves. */
  readonly serving: GenerationView;

  constructor(private readonly options: ProjectionGenerationsOptions) {
    this.records = new GenerationRecords(options.readModels);
    this.readModels = options.projections.map(({ readModel }) => readModel);
    this.manifest = manifestOf(this.readModels);
    this.names = new Set([parkedEvents.name, ...this.readModels.map(({ name }) => name)]);
    this.serving = new GenerationView(options.readModels, this.names, firstGeneration);
  }

  /** The runner of the generation that serves. */
  get runner(): ProjectionRunner {
    if (!this.current) throw new Error('The projections have not been started');
    return this.current.runner;
  }

  readonly onCommitted = this.feed.onCommitted.bind(this.feed);

  async start(): Promise<void> {
    await this.records.define();
    await this.turn(() => this.look());
    this.looking = this.keepLooking();
  }

  async stop(): Promise<void> {
    this.aborter.abort();
    await this.looking;
    this.feed.stop();
    for (const { runner } of this.builds.values()) await runner.stop();
    this.builds.clear();
  }

  /** Begins a new generation beside the one that serves. @throws GenerationRefused while one is being built */
  rebuild(): Promise<GenerationRecord> {
    return this.turn(async () => {
      await this.look();
      const unfinished = [...this.builds.values()].find(
        (build) => build !== this.current && build.record.status === 'building',
      )?.record;
      if (unfinished) {
        const message = `Generation ${unfinished.generation} is being built: wait for it, or cancel it`;
        throw new GenerationRefused('RebuildInProgress', message);
      }
      const record = await this.begin(await this.records.all());
      await this.look();
      return record;
    });
  }

  async progress(): Promise<GenerationProgress[]> {
    const head = await this.options.events.head();
    const records = await this.records.all();
    return records.map((record) => {
      const serving = this.current?.record.generation === record.generation;
      return progressOf(record, serving, head, this.builds.get(record.generation));
    });
  }

  /** Resolves when the generation has reached the live edge. @throws GenerationRefused when it is gone */
  async untilReady(generation: number, signal?: AbortSignal): Promise<void> {
    while (!signal?.aborted) {
      const build = this.build(generation);
      if (await build.runner.untilReady(250)) {
        await this.turn(() => this.look());
        return;
      }
    }
  }

  /** Differences between a generation and the one that serves. Both go on being folded meanwhile. */
  compare(generation: number, listed?: number): Promise<GenerationComparison> {
    const { view, runner } = this.build(generation);
    const serving = this.current!;
    return compareGenerations({
      serving: serving.view,
      candidate: view,
      readModels: this.readModels,
      listed,
      settled: async () => {
        const head = await this.options.events.head();
        if (!head) return;
        await Promise.all([serving.runner.reached(head, 10_000), runner.reached(head, 10_000)]);
      },
    });
  }

  /** From now on queries are answered by this generation. @throws GenerationRefused unless it is ready and whole */
  switchTo(generation: number): Promise<void> {
    return this.turn(async () => {
      await this.look();
      const { record, runner, view } = this.build(generation);
      if (record.status !== 'ready' || !runner.ready) {
        throw new GenerationRefused(
          'GenerationNotReady',
          `Generation ${generation} has not caught up with the log`,
        );
      }
      if ((await view.scan(parkedEvents, { limit: 1 })).length > 0) {
        throw new GenerationRefused(
          'GenerationHasParkedEvents',
          `Generation ${generation} has parked events: replay them first ("flowledger projections parked")`,
        );
      }
      const previous = this.current!.record.generation;
      if (previous === generation) return;
      await this.records.point({ generation, previous, since: this.now() });
      await this.look();
    });
  }

  /** Back to the generation that served before. @throws GenerationRefused */
  async rollBack(): Promise<number> {
    const previous = (await this.records.serving())?.previous;
    if (!previous || !this.builds.has(previous)) {
      throw new GenerationRefused('NoPreviousGeneration', 'There is no generation to go back to');
    }
    await this.switchTo(previous);
    return previous;
  }

  /** Removes a generation, built or half built, and all of its documents. @throws GenerationRefused for the one that serves */
  drop(generation: number): Promise<void> {
    return this.turn(async () => {
      const record = (await this.records.all()).find((one) => one.generation === generation);
      if (!record) throw new GenerationRefused('GenerationNotFound', `There is no generation ${generation}`);
      if (this.current?.record.generation === generation) {
        throw new GenerationRefused(
          'GenerationServes',
          `Generation ${generation} answers queries: switch first`,
        );
      }
      await this.records.put({ ...record, status: 'dropping' });
      await this.look();
    });
  }

  private build(generation: number): Build {
    const build = this.builds.get(generation);
    if (!build)
      throw new GenerationRefused('GenerationNotFound', `There is no generation ${generation} here`);
    return build;
  }

  private async begin(records: readonly GenerationRecord[]): Promise<GenerationRecord> {
    const generation = Math.max(0, ...records.map((one) => one.generation)) + 1;
    const record = {
      generation,
      manifest: this.manifest,
      status: 'building',
      createdAt: this.now(),
    } as const;
    await this.records.put(record);
    return record;
  }

  /** Brings this process in line with the records: which generations it folds, and which one answers here. */
  private async look(): Promise<void> {
    let records = await this.records.all();
    for (const record of records) if (record.status === 'dropping') await this.remove(record);
    records = records.filter(({ status }) => status !== 'dropping');
    const mine = records.filter(({ manifest }) => sameManifest(manifest, this.manifest));
    if (mine.length === 0) mine.push(await this.begin(records));
    for (const record of mine) await this.fold(record);
    for (const generation of this.builds.keys()) {
      if (!mine.some((one) => one.generation === generation)) await this.unfold(generation);
    }
    const pointed = (await this.records.serving())?.generation;
    const chosen =
      this.builds.get(pointed ?? 0) ??
      [...this.builds.values()].reverse().find(({ record }) => record.status === 'ready') ??
      [...this.builds.values()].at(-1)!;
    await this.serve(chosen);
    // The generation of newer code takes over the pointer once it can answer; older code goes on with its own.
    if (chosen.record.status === 'ready' && !this.builds.has(pointed ?? 0)) {
      const { generation } = chosen.record;
      await this.records.point({ generation, previous: pointed ?? null, since: this.now() });
    }
  }

  private async fold(record: GenerationRecord): Promise<void> {
    const { generation } = record;
    const known = this.builds.get(generation);
    if (known) {
      const ready = known.record.status === 'building' && known.runner.ready;
      const now = ready ? ({ ...record, status: 'ready' } as const) : record;
      if (ready) await this.records.put(now);
      this.builds.set(generation, { ...known, record: now });
      if (this.current?.record.generation === generation) this.current = this.builds.get(generation);
      return;
    }
    const view = this.viewOf(generation);
    const runner = new ProjectionRunner({ ...this.options, readModels: view });
    const startedFrom = (await view.checkpoint(ProjectionRunner.consumer))?.position;
    this.builds.set(generation, { record, view, runner, startedAt: Date.now(), startedFrom });
    await runner.start();
  }

  private async serve(build: Build): Promise<void> {
    const old = this.current;
    if (old?.runner === build.runner) return;
    this.current = build;
    if (old && this.builds.has(old.record.generation)) await this.feed.change(old.runner, build.runner);
    else this.feed.follow(build.runner);
    this.serving.generation = build.record.generation;
  }

  private async unfold(generation: number): Promise<void> {
    await this.builds.get(generation)?.runner.stop();
    this.builds.delete(generation);
  }

  private async remove({ generation, manifest }: GenerationRecord): Promise<void> {
    await this.unfold(generation);
    const readModels = manifest.map((one): ReadModel<never> => {
      const [name, version] = one.split('@') as [string, string];
      return { name, version: Number(version), fields: [] };
    });
    await this.viewOf(generation, new Set([parkedEvents.name, ...readModels.map(({ name }) => name)])).drop(
      ProjectionRunner.consumer,
      [parkedEvents, ...readModels],
    );
    await this.records.remove(generation);
  }

  private viewOf(generation: number, names = this.names): GenerationView {
    const folds = (consumer: string): boolean => consumer.startsWith(ProjectionRunner.consumer);
    return new GenerationView(this.options.readModels, names, generation, folds);
  }

  private turn<T>(task: () => Promise<T>): Promise<T> {
    const run = this.inTurn.then(task);
    this.inTurn = run.catch(() => undefined);
    return run;
  }

  private async keepLooking(): Promise<void> {
    const { lookEveryMilliseconds = 1_000, onFailure } = this.options;
    for (;;) {
      await sleep(lookEveryMilliseconds, this.aborter.signal);
      if (this.aborter.signal.aborted) return;
      await this.turn(() => this.look()).catch((error: unknown) => onFailure?.(error, lookEveryMilliseconds));
    }
  }

  private now(): string {
    return (this.options.clock ?? new SystemClock()).now();
  }
}
