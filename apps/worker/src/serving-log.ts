import type { LogPosition, RecordedEvent } from '@flowledger/event-sourcing';
import type { ProjectionGenerations } from '@flowledger/projection-generations';
import type { VisibleLog } from './read-model-follower';
import type { Worker } from './worker';

/** A {@link VisibleLog} where this process folds every read model: whichever generation serves. */
export class ServingLog implements VisibleLog {
  constructor(
    private readonly worker: Pick<Worker, 'ready' | 'reached' | 'runners'>,
    private readonly generations: ProjectionGenerations,
  ) {}

  get position(): LogPosition | undefined {
    return this.worker.runners[0]?.position;
  }

  get ready(): boolean {
    return this.worker.ready;
  }

  reached(position: LogPosition, timeoutMilliseconds: number): Promise<boolean> {
    return this.worker.reached(position, timeoutMilliseconds);
  }

  onCommitted(listener: (events: readonly RecordedEvent[]) => void): () => void {
    return this.generations.onCommitted(listener);
  }

  whileStill<T>(task: () => Promise<T>): Promise<T> {
    return this.worker.runners[0]!.whileStill(task);
  }
}
