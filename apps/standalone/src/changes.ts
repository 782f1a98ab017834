import { Changes } from '@flowledger/api';
import { flowLogStream } from '@flowledger/flow-log';
import type { Worker } from '@flowledger/worker';

/** Changes of a flow log as the read models' commits tell them. */
export class CommittedChanges extends Changes {
  private readonly stopped = new AbortController();

  constructor(private readonly worker: Worker) {
    super();
  }

  stop(): void {
    this.stopped.abort();
  }

  flowLogChanges(accountId: string, flowLogId: string): AsyncIterable<void> {
    const stream = flowLogStream(flowLogId);
    let changed = false;
    let wake: () => void = () => undefined;
    const forget = this.worker.runner.onCommitted((events) => {
      if (!events.some((event) => event.stream === stream && event.metadata.accountId === accountId)) return;
      changed = true;
      wake();
    });
    const { signal } = this.stopped;
    return (async function* () {
      try {
        while (!signal.aborted) {
          if (!changed) {
            await new Promise<void>((resolve) => {
              wake = resolve;
              signal.addEventListener('abort', () => resolve(), { once: true });
            });
          }
          changed = false;
          if (!signal.aborted) yield;
        }
      } finally {
        forget();
      }
    })();
  }
}
