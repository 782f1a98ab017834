import type { EventStore, SubscriptionMessage } from './event-store';
import type { RecordedEvent } from './event';
import type { LogPosition } from './positions';

export type ConsumerState = 'stopped' | 'connecting' | 'catching-up' | 'live' | 'waiting';

/** What a consumer does with the log. Its methods are awaited one after the other, in log order. */
export interface LogHandler {
  readonly name: string;
  /** Called before each (re)subscription: where to go on. */
  resumeAfter(): Promise<LogPosition | undefined>;
  events(events: readonly RecordedEvent[]): Promise<void>;
  /** Nothing of interest up to here. */
  checkpoint(position: LogPosition): Promise<void>;
  /** The live edge; `head` is what the log's end was before this subscription began. */
  caughtUp(head: LogPosition | undefined): Promise<void>;
  /** The subscription or the handler failed; it is tried again after `retryInMilliseconds`. */
  failed(error: unknown, retryInMilliseconds: number): void;
}

export interface BackOff {
  readonly firstMilliseconds: number;
  readonly longestMilliseconds: number;
}

/**
 * Keeps one subscription alive for as long as it is started: subscribes, hands over, and after any failure subscribes
 * again from where the handler stands, with jittered back-off and no limit on the number of tries. An end without an
 * error counts as a failure too.
 */
export class LogConsumer {
  private aborter: AbortController | undefined;
  private running: Promise<void> = Promise.resolve();
  private failures = 0;
  state: ConsumerState = 'stopped';

  constructor(
    private readonly store: EventStore,
    private readonly handler: LogHandler,
    private readonly backOff: BackOff = { firstMilliseconds: 50, longestMilliseconds: 30_000 },
  ) {}

  start(): void {
    if (this.aborter) return;
    this.aborter = new AbortController();
    this.running = this.run(this.aborter.signal);
  }

  /** Resolves when the message being handled is done and nothing more will be handed over. */
  async stop(): Promise<void> {
    this.aborter?.abort();
    await this.running;
    this.aborter = undefined;
    this.state = 'stopped';
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        this.state = 'connecting';
        await this.consume(signal);
        if (!signal.aborted) throw new Error('the subscription ended without an error');
      } catch (error) {
        if (signal.aborted) return;
        this.state = 'waiting';
        const delay = this.nextDelay();
        this.handler.failed(error, delay);
        await sleep(delay, signal);
      }
    }
  }

  private async consume(signal: AbortSignal): Promise<void> {
    const after = await this.handler.resumeAfter();
    const head = await this.store.head();
    this.state = 'catching-up';
    for await (const message of this.store.subscribe({ after, signal })) {
      if (signal.aborted) return;
      await this.handle(message, head);
      this.failures = 0;
    }
  }

  private async handle(message: SubscriptionMessage, head: LogPosition | undefined): Promise<void> {
    switch (message.kind) {
      case 'events':
        return this.handler.events(message.events);
      case 'checkpoint':
        return this.handler.checkpoint(message.position);
      case 'caught-up':
        this.state = 'live';
        return this.handler.caughtUp(head);
    }
  }

  private nextDelay(): number {
    const { firstMilliseconds, longestMilliseconds } = this.backOff;
    const ceiling = Math.min(longestMilliseconds, firstMilliseconds * 2 ** Math.min(this.failures++, 30));
    return ceiling / 2 + (Math.random() * ceiling) / 2;
  }
}

export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    if (signal?.aborted) done();
    else signal?.addEventListener('abort', done);
  });
}
