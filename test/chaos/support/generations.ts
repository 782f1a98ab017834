import { GenerationOperations, ProjectionGenerations } from '@flowledger/projection-generations';
import type { ProjectionGenerationsOptions } from '@flowledger/projection-generations';
import { afterThisTest } from '../frame/clean-up';
import type { Stores } from './stores';
import { until } from './watched';

/** Blue and green on these stores: a worker that folds, and an operator; stopped after the test. */
export class Generations {
  private constructor(
    private readonly stores: Stores,
    readonly worker: ProjectionGenerations,
    readonly operator: GenerationOperations,
  ) {}

  static async start(
    stores: Stores,
    projections: ProjectionGenerationsOptions['projections'],
  ): Promise<Generations> {
    const { events, readModels } = stores;
    const worker = new ProjectionGenerations({
      events,
      readModels,
      projections,
      lookEveryMilliseconds: 10,
      leaseMilliseconds: 500,
      backOff: { firstMilliseconds: 5, longestMilliseconds: 100 },
    });
    afterThisTest(() => worker.stop());
    await worker.start();
    const folded = projections.map(({ readModel }) => readModel);
    const generations = new Generations(
      stores,
      worker,
      new GenerationOperations({ events, readModels, folded }),
    );
    await until(async () => (await generations.operator.list()).some(({ status }) => status === 'ready'));
    return generations;
  }

  /** Builds another generation up to the live edge. */
  async rebuilt(): Promise<number> {
    const { generation } = await this.operator.rebuild();
    await this.operator.untilReady(generation);
    return generation;
  }

  /** Until the generation that serves has folded what the log holds now. */
  async served(): Promise<void> {
    const head = await this.stores.events.head();
    if (head) for (const runner of this.worker.runners) await runner.reached(head, 60_000);
  }

  /** Until the worker answers from it. */
  serves(generation: number): Promise<void> {
    return until(() => this.worker.serving.generation === generation);
  }

  async dropped(generation: number): Promise<void> {
    await this.operator.drop(generation);
    await this.gone(generation);
  }

  gone(generation: number): Promise<void> {
    return until(async () => (await this.operator.list()).every((one) => one.generation !== generation));
  }
}
