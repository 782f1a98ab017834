import { Changes } from '@flowledger/api';
import { flowLogStream } from '@flowledger/flow-log';
import type { VisibleLog } from '@flowledger/worker';

/** Changes of a flow log as the read models' commits tell them. */
export class CommittedChanges extends Changes {
  private readonly stopped = new AbortController();

  constructor(private readonly log: VisibleLog) {
    super();
  }

  stop(): void {
    this.stopped.abort();
  }

  flowLogChanges(accountId: string, flowLogId: string): AsyncIterable<void> {
    const stream = flowLogStream(flowLogId);
    const changes = new ChangeIterator(this.stopped.signal);
    const forget = this.log.onCommitted((events) => {
      if (events.some((event) => event.stream === stream && event.metadata.accountId === accountId))
        changes.tell();
    });
    changes.onEnd(forget);
    return changes;
  }
}

/** By hand, because a generator that waits cannot be told to return: a client that left would be kept for ever. */
class ChangeIterator implements AsyncIterableIterator<void> {
  private readonly ended = new AbortController();
  private changed = false;
  private wake: () => void = () => undefined;

  constructor(stopped: AbortSignal) {
    const end = (): void => void this.return();
    stopped.addEventListener('abort', end, { signal: this.ended.signal });
    if (stopped.aborted) end();
  }

  tell(): void {
    this.changed = true;
    this.wake();
  }

  onEnd(forget: () => void): void {
    if (this.ended.signal.aborted) forget();
    else this.ended.signal.addEventListener('abort', forget, { once: true });
  }

  async next(): Promise<IteratorResult<void>> {
    while (!this.changed && !this.ended.signal.aborted) {
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    this.changed = false;
    return this.ended.signal.aborted ? { done: true, value: undefined } : { done: false, value: undefined };
  }

  async return(): Promise<IteratorResult<void>> {
    this.ended.abort();
    this.wake();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
