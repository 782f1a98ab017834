import { parkedEvents, ProjectionRunner, segmentConsumer } from '@flowledger/event-sourcing';
import type { ProjectionRunnerOptions, ReadModel, Segment } from '@flowledger/event-sourcing';
import { GenerationRefused } from './errors';
import type { GenerationRecord } from './generation-records';
import { generationalNames, GenerationView, isGenerational } from './generation-view';

export interface GenerationBuildsOptions extends Omit<ProjectionRunnerOptions, 'segment'> {
  /** Shares of the accounts, each folded under its own lease; the same number in every process. Default 1. */
  readonly segments?: number;
  /** Starts the runners of a generation, one a segment; may take its time. Default: all at once. */
  readonly begin?: (runners: readonly ProjectionRunner[]) => Promise<void>;
}

/** A generation in this process. */
export interface Build {
  readonly record: GenerationRecord;
  readonly view: GenerationView;
  /** One a segment. */
  readonly runners: readonly ProjectionRunner[];
}

/** The generations that this process folds or stands by for, each in its own collections. */
export class GenerationBuilds {
  private readonly builds = new Map<number, Build>();
  private readonly beginning = new Set<Promise<void>>();
  readonly segments: readonly Segment[];

  constructor(
    private readonly options: GenerationBuildsOptions,
    private readonly names: ReadonlySet<string>,
  ) {
    const { segments = 1 } = options;
    this.segments = Array.from({ length: segments }, (_, index) => ({ index, of: segments }));
  }

  get generations(): number[] {
    return [...this.builds.keys()];
  }

  find(generation: number): Build | undefined {
    return this.builds.get(generation);
  }

  /** @throws GenerationRefused */
  get(generation: number): Build {
    const build = this.builds.get(generation);
    if (!build)
      throw new GenerationRefused('GenerationNotFound', `There is no generation ${generation} here`);
    return build;
  }

  update(record: GenerationRecord): Build {
    const build = { ...this.get(record.generation), record };
    this.builds.set(record.generation, build);
    return build;
  }

  start(record: GenerationRecord): void {
    const view = this.viewOf(record.generation);
    const { begin = startAll } = this.options;
    const runners = this.segments.map(
      (segment) => new ProjectionRunner({ ...this.options, readModels: view, segment }),
    );
    this.builds.set(record.generation, { record, view, runners });
    this.beginning.add(begin(runners).catch((error: unknown) => this.options.onFailure?.(error, 0)));
  }

  async stop(generation: number): Promise<void> {
    const { runners = [] } = this.builds.get(generation) ?? {};
    await Promise.all(runners.map((runner) => runner.stop()));
    this.builds.delete(generation);
  }

  /** Drops its collections and checkpoints. */
  async remove({ generation, manifest }: GenerationRecord): Promise<void> {
    await this.stop(generation);
    const readModels = manifest.map((one): ReadModel<never> => {
      const [name, version] = one.split('@') as [string, string];
      return { name, version: Number(version), fields: [] };
    });
    const view = this.viewOf(generation, generationalNames(readModels));
    for (const segment of this.segments) {
      await view.drop(segmentConsumer(ProjectionRunner.consumer, segment), [parkedEvents, ...readModels]);
    }
  }

  /** Each segment has caught up once: here, or as its owner elsewhere has reported. */
  async areReady({ view, runners }: Build): Promise<boolean> {
    if (runners.every(({ ready }) => ready)) return true;
    const reports = new Map((await view.consumers()).map(({ consumer, report }) => [consumer, report]));
    return runners.every(
      (runner) => runner.ready || reports.get(view.consumerName(runner.consumer))?.['ready'] === true,
    );
  }

  private viewOf(generation: number, names = this.names): GenerationView {
    return new GenerationView(this.options.readModels, names, generation, isGenerational);
  }
}

async function startAll(runners: readonly ProjectionRunner[]): Promise<void> {
  for (const runner of runners) await runner.start();
}
