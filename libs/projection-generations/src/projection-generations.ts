import { parkedEvents, sleep, SystemClock } from '@flowledger/event-sourcing';
import type { ProjectionRunner, ReadModel } from '@flowledger/event-sourcing';
import { compareGenerations } from './compare-generations';
import type { GenerationComparison } from './compare-generations';
import { GenerationRefused } from './errors';
import { GenerationBuilds } from './generation-builds';
import type { Build, GenerationBuildsOptions } from './generation-builds';
import { progressOf } from './generation-progress';
import type { GenerationProgress } from './generation-progress';
import { chosenGeneration, GenerationRecords, manifestOf, sameManifest } from './generation-records';
import type { GenerationRecord } from './generation-records';
import { firstGeneration, generationalNames, GenerationView } from './generation-view';
import { ServingFeed } from './serving-feed';
import type { CommitListener } from './serving-feed';

export interface ProjectionGenerationsOptions extends GenerationBuildsOptions {
  /** Answers queries in this process; kept at the generation that serves. Default: one of its own. */
  readonly serving?: GenerationView;
  /** How often the records are looked at, which other processes may have changed. */
  readonly lookEveryMilliseconds?: number;
}

/**
 * Blue and green: generations of all read models, each with its own collections and checkpoint, folded side by side; one
 * of them answers queries. A rebuild makes a new one while the old one serves, the switch is one document, and the old
 * one goes on being folded until it is dropped, so the way back is as quick. Code whose read models have other versions
 * finds no generation that fits, builds its own, and leaves the old one to the code that fits it.
 */
export class ProjectionGenerations {
  private readonly records: GenerationRecords;
  private readonly builds: GenerationBuilds;
  private readonly manifest: readonly string[];
  private readonly readModels: readonly ReadModel<never>[];
  private readonly aborter = new AbortController();
  private looking: Promise<void> = Promise.resolve();
  private inTurn: Promise<unknown> = Promise.resolve();
  private current: Build | undefined;
  private readonly listeners = new Set<CommitListener>();
  private readonly feeds: readonly ServingFeed[];
  /** Answers from the generation that serves. */
  readonly serving: GenerationView;

  constructor(private readonly options: ProjectionGenerationsOptions) {
    this.records = new GenerationRecords(options.readModels);
    this.readModels = options.projections.map(({ readModel }) => readModel);
    this.manifest = manifestOf(this.readModels);
    const names = generationalNames(this.readModels);
    this.builds = new GenerationBuilds(options, names);
    this.serving = options.serving ?? new GenerationView(options.readModels, names, firstGeneration);
    this.feeds = this.builds.segments.map(
      () => new ServingFeed((events) => this.listeners.forEach((listener) => listener(events))),
    );
  }

  /** The runners of the generation that serves, one a segment; none before the start. */
  get runners(): readonly ProjectionRunner[] {
    return this.current?.runners ?? [];
  }

  /** Called after each commit of the generation that serves, for each event once. It must return at once. */
  onCommitted(listener: CommitListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async start(): Promise<void> {
    await this.records.define();
    await this.turn(() => this.look());
    this.looking = this.keepLooking();
  }

  async stop(): Promise<void> {
    this.aborter.abort();
    await this.looking;
    for (const feed of this.feeds) feed.stop();
    for (const generation of this.builds.generations) await this.builds.stop(generation);
  }

  /** Begins a new generation beside the one that serves. @throws GenerationRefused while one is being built */
  rebuild(): Promise<GenerationRecord> {
    return this.turn(async () => {
      await this.look();
      const unfinished = this.builds.building(this.current)?.record;
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
      return progressOf(record, serving, head, this.builds.find(record.generation));
    });
  }

  /** Resolves when the generation has reached the live edge. @throws GenerationRefused when it is gone */
  async untilReady(generation: number, signal?: AbortSignal): Promise<void> {
    while (!signal?.aborted) {
      const build = this.builds.get(generation);
      if (build.record.status === 'ready' && (await this.builds.areReady(build))) return;
      await build.runners[0]!.untilReady(250);
      await this.turn(() => this.look());
    }
  }

  /** Differences between a generation and the one that serves. Both go on being folded meanwhile. */
  compare(generation: number, listed?: number): Promise<GenerationComparison> {
    const candidate = this.builds.get(generation);
    const serving = this.current!;
    return compareGenerations({
      serving: serving.view,
      candidate: candidate.view,
      readModels: this.readModels,
      listed,
      settled: async () => {
        const head = await this.options.events.head();
        if (head) await Promise.all([serving, candidate].map((build) => this.builds.passed(build, head)));
      },
    });
  }

  /** From now on queries are answered by this generation. @throws GenerationRefused unless it is ready and whole */
  switchTo(generation: number): Promise<void> {
    return this.turn(async () => {
      await this.look();
      const build = this.builds.get(generation);
      if (build.record.status !== 'ready' || !(await this.builds.areReady(build))) {
        throw new GenerationRefused(
          'GenerationNotReady',
          `Generation ${generation} has not caught up with the log`,
        );
      }
      if ((await build.view.scan(parkedEvents, { limit: 1 })).length > 0) {
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
    if (!previous || !this.builds.find(previous)) {
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
    for (const record of records.filter(({ status }) => status === 'dropping')) {
      await this.builds.remove(record);
      await this.records.remove(record.generation);
    }
    records = records.filter(({ status }) => status !== 'dropping');
    const mine = records.filter(({ manifest }) => sameManifest(manifest, this.manifest));
    if (mine.length === 0) mine.push(await this.begin(records));
    for (const record of mine) await this.fold(record);
    for (const generation of this.builds.generations) {
      if (!mine.some((one) => one.generation === generation)) await this.builds.stop(generation);
    }
    const pointed = (await this.records.serving())?.generation;
    const chosen = this.builds.get(chosenGeneration(mine, pointed, this.manifest)!.generation);
    await this.serve(chosen);
    // The generation of newer code takes over the pointer once it can answer; older code goes on with its own.
    if (chosen.record.status === 'ready' && !this.builds.find(pointed ?? 0)) {
      const { generation } = chosen.record;
      await this.records.point({ generation, previous: pointed ?? null, since: this.now() });
    }
  }

  private async fold(record: GenerationRecord): Promise<void> {
    const known = this.builds.find(record.generation);
    if (!known) return this.builds.start(record);
    const ready = record.status === 'building' && (await this.builds.areReady(known));
    const now = ready ? ({ ...record, status: 'ready' } as const) : record;
    if (ready) await this.records.put(now);
    const build = this.builds.update(now);
    if (this.current?.runners === build.runners) this.current = build;
  }

  private async serve(build: Build): Promise<void> {
    const old = this.current;
    if (old?.runners === build.runners) return;
    this.current = build;
    await Promise.all(
      this.feeds.map((feed, index) =>
        old && this.builds.find(old.record.generation)
          ? feed.change(old.runners[index]!, build.runners[index]!)
          : feed.follow(build.runners[index]!),
      ),
    );
    this.serving.generation = build.record.generation;
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
