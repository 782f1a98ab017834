import { CaptureImports, ReadModelPosition, ServiceHealth } from '@flowledger/api';
import type { CaptureImport, CaptureImported, Health } from '@flowledger/api';
import { CollectionHistory } from '@flowledger/collection-scope';
import { importCapture, lastPacketTime } from '@flowledger/collector';
import type { Collector } from '@flowledger/collector';
import { EventStoreUnavailable } from '@flowledger/event-sourcing';
import type { Clock, EventStore, LogPosition } from '@flowledger/event-sourcing';
import type { Worker } from '@flowledger/worker';

export class RunnerPosition extends ReadModelPosition {
  constructor(
    private readonly worker: Worker,
    private readonly events: EventStore,
  ) {
    super();
  }

  reached(position: LogPosition, timeoutMilliseconds: number): Promise<boolean> {
    return this.worker.runner.reached(position, timeoutMilliseconds);
  }

  head(): Promise<LogPosition | undefined> {
    return this.events.head();
  }
}

export class WorkerHealth extends ServiceHealth {
  constructor(private readonly worker: Worker) {
    super();
  }

  check(): Health {
    return { ready: this.worker.ready, problems: this.worker.problems };
  }
}

const longestWaitForPlan = 10_000;

/** Imports run under the configuration that was acknowledged before the request (DD-19). */
export class CollectorImports extends CaptureImports {
  constructor(
    private readonly worker: Worker,
    private readonly events: EventStore,
    private readonly collector: Collector,
    private readonly clock: Clock,
  ) {
    super();
  }

  async import(
    open: () => AsyncIterable<Uint8Array>,
    options: CaptureImport & { readonly accountId: string },
  ): Promise<CaptureImported> {
    await this.planCoversEverything();
    const shiftSeconds = options.rebase ? await this.secondsToNow(open()) : 0;
    const { accountId, networkInterfaceId } = options;
    const history = options.coverage === 'historic' && (await CollectionHistory.read(this.events, accountId));
    const imported = await importCapture(this.collector, open(), {
      accountId,
      shiftSeconds,
      ...(networkInterfaceId && { networkInterfaceId }),
      ...(history && { interfacesAt: (time: number) => history.interfacesAt(time) }),
    });
    await this.collector.deliverer.run();
    return imported;
  }

  private async planCoversEverything(): Promise<void> {
    const head = await this.events.head();
    if (head && !(await this.worker.planKeeper.covers(head, longestWaitForPlan))) {
      throw new EventStoreUnavailable('The collection plan is behind the log; try again');
    }
  }

  private async secondsToNow(chunks: AsyncIterable<Uint8Array>): Promise<number> {
    const last = await lastPacketTime(chunks);
    return last === null ? 0 : Math.floor(this.clock.epochMilliseconds() / 1000) - last;
  }
}
