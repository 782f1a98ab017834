import { sleep, SystemClock } from '@flowledger/event-sourcing';
import type { ProjectionRunner, ReadModel } from '@flowledger/event-sourcing';
import { GenerationBuilds } from './generation-builds';
import type { Build, GenerationBuildsOptions } from './generation-builds';
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

  /** Brings this process in line with the records: which generations it folds, and which one answers here. */
  private async look(): Promise<void> {
    let records = await this.records.all();
    for (const record of records.filter(({ status }) => status === 'dropping')) {
      await this.builds.remove(record);
      await this.records.remove(record.generation);
    }
    records = records.filter(({ status }) => status !== 'dropping');
    const mine = records.filter(({ manifest }) => sameManifest(manifest, this.manifest));
    if (mine.length === 0) mine.push(await this.records.begin(this.manifest, this.now()));
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
