import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import type { EventStore, SubscriptionMessage } from './event-store';
import type { RecordedEvent } from './event';
import { newId } from './event-ids';
import type { HeadProbe } from './head-probe';
import { HeldLease } from './held-lease';
import type { Leases } from './held-lease';
import { LeaseLost } from './leases';
import type { WorkReport } from './leases';
import { comparePositions } from './positions';
import type { LogPosition } from './positions';

/** `standing-by`: another process has the lease. `waiting`: for the next try after a failure. */
export type ConsumerState = 'stopped' | 'standing-by' | 'connecting' | 'catching-up' | 'live' | 'waiting';

/** What a consumer does with the log. Its methods are awaited one after the other, in log order. */
export interface LogHandler {
  /** Of the lease and the checkpoint. */
  readonly name: string;
  /** Called before each (re)subscription: where to go on. What is written until the next call is under this lease. */
  resumeAfter(lease: HeldLease): Promise<LogPosition | undefined>;
  events(events: readonly RecordedEvent[]): Promise<void>;
  /** Nothing of interest up to here. */
  checkpoint(position: LogPosition): Promise<void>;
  /** The live edge; `head` is what the log's end was before this subscription began. */
  caughtUp(head: LogPosition | undefined): Promise<void>;
  /** The subscription or the handler failed; it is tried again after `retryInMilliseconds`. */
  failed(error: unknown, retryInMilliseconds: number): void;
  /** How far it has come. */
  readonly position: LogPosition | undefined;
  /** For the other processes, at each extension of the lease. */
  report(): WorkReport;
}

export interface BackOff {
  readonly firstMilliseconds: number;
  readonly longestMilliseconds: number;
}

export interface LogConsumerOptions {
  /** Of the lease: one name a process. */
  readonly owner?: string;
  readonly leaseMilliseconds?: number;
  readonly backOff?: BackOff;
  /** With it a subscription that the log has left behind for too long is replaced, whatever it says of itself. */
  readonly probe?: HeadProbe;
  readonly silenceMilliseconds?: number;
}

/** The log went on and the subscription did not: a connection that died without a word. */
export class SubscriptionSilent extends Error {
  constructor(milliseconds: number) {
    super(`The log has moved on but the subscription said nothing for ${Math.round(milliseconds / 1_000)} s`);
    this.name = 'SubscriptionSilent';
  }
}

export const processOwner = newId();

/**
 * The one supervisor of everything that follows the log. It claims the consumer's lease, keeps one subscription alive
 * for as long as it holds it, and after any failure subscribes again from where the handler stands, with jittered
 * back-off and no limit on the number of tries. An end without an error counts as a failure too. Whatever an abandoned
 * subscription still says is not heard.
 */
export class LogConsumer {
  private aborter: AbortController | undefined;
  private running: Promise<void> = Promise.resolve();
  private failures = 0;
  private heardAt = 0;
  private busy = false;
  state: ConsumerState = 'stopped';
  /** Number of subscriptions begun, and of claims that were denied because another process works. */
  generation = 0;
  denied = 0;
  /** Number of messages that an abandoned subscription still had to say. */
  discarded = 0;
  /** Number of checkpoints beyond the end of the log: they were ignored. */
  nonsense = 0;

  constructor(
    private readonly store: EventStore,
    private readonly leases: Leases,
    private readonly handler: LogHandler,
    private readonly options: LogConsumerOptions = {},
  ) {}

  start(): void {
    if (this.aborter) return;
    this.aborter = new AbortController();
    this.running = this.run(this.aborter.signal);
  }

  /** Resolves when the message being handled is done, nothing more will be handed over, and the lease is given back. */
  async stop(): Promise<void> {
    this.aborter?.abort();
    await this.running;
    this.aborter = undefined;
    this.state = 'stopped';
  }

  private async run(stop: AbortSignal): Promise<void> {
    const { owner = processOwner, leaseMilliseconds = 10_000 } = this.options;
    const report = (): WorkReport => ({ ...this.handler.report(), state: this.state });
    while (!stop.aborted) {
      try {
        const lease = await HeldLease.claim(this.leases, this.handler.name, owner, leaseMilliseconds, report);
        if (lease) await this.work(lease, stop);
        else {
          this.state = 'standing-by';
          this.denied++;
          await sleep(leaseMilliseconds / 3, stop);
        }
      } catch (error) {
        await this.backOff(error, stop);
      }
    }
  }

  private async work(lease: HeldLease, stop: AbortSignal): Promise<void> {
    const end = AbortSignal.any([stop, lease.signal]);
    while (!end.aborted) {
      try {
        this.state = 'connecting';
        await this.consume(lease, end);
      } catch (error) {
        if (error instanceof LeaseLost) {
          this.handler.failed(error, 0);
          break;
        }
        await this.backOff(error, end);
      }
    }
    await lease.release();
  }

  private async backOff(error: unknown, end: AbortSignal): Promise<void> {
    if (end.aborted) return;
    this.state = 'waiting';
    const delay = this.nextDelay();
    this.handler.failed(error, delay);
    await sleep(delay, end);
  }

  /** Ends by an error, or because of `end`. */
  private async consume(lease: HeldLease, end: AbortSignal): Promise<void> {
    const after = await this.handler.resumeAfter(lease);
    const head = await this.store.head();
    this.state = 'catching-up';
    this.generation++;
    const abandon = new AbortController();
    const signal = AbortSignal.any([end, abandon.signal]);
    const stopWatching = this.watch(abandon);
    const messages = this.store.subscribe({ after, signal })[Symbol.asyncIterator]();
    try {
      for (;;) {
        const pending = messages.next();
        const next = await orAborted(pending, signal);
        if (signal.aborted) {
          void pending.then(({ done }) => (this.discarded += done ? 0 : 1)).catch(() => undefined);
          break;
        }
        if (!next || next.done) throw new Error('the subscription ended without an error');
        await this.handle(next.value, head);
        this.failures = 0;
      }
    } finally {
      stopWatching();
      // A subscription that hangs may never answer this; nobody waits for it.
      void Promise.resolve(messages.return?.()).catch(() => undefined);
    }
    if (abandon.signal.aborted) throw abandon.signal.reason as SubscriptionSilent;
  }

  private watch(abandon: AbortController): () => void {
    const { probe, silenceMilliseconds = 30_000 } = this.options;
    this.heardAt = performance.now();
    return (
      probe?.onLook(() => {
        const silent = performance.now() - this.heardAt;
        if (this.busy || silent < silenceMilliseconds || !probe.head) return;
        const { position } = this.handler;
        if (position && comparePositions(position, probe.head) >= 0) return;
        if (probe.lagOf(position) >= silenceMilliseconds) abandon.abort(new SubscriptionSilent(silent));
      }) ?? (() => undefined)
    );
  }

  private async handle(message: SubscriptionMessage, head: LogPosition | undefined): Promise<void> {
    this.busy = true;
    try {
      switch (message.kind) {
        case 'events':
          return await this.handler.events(message.events);
        case 'checkpoint':
          if (await this.isBeyondTheLog(message.position, head)) return void this.nonsense++;
          return await this.handler.checkpoint(message.position);
        case 'caught-up':
          this.state = 'live';
          return await this.handler.caughtUp(head);
      }
    } finally {
      this.busy = false;
      this.heardAt = performance.now();
    }
  }

  /** Servers have sent checkpoints that no event stands at (R11). Stored, they would skip whatever comes. */
  private async isBeyondTheLog(position: LogPosition, known: LogPosition | undefined): Promise<boolean> {
    if (known && comparePositions(position, known) <= 0) return false;
    const head = await this.store.head();
    return !head || comparePositions(position, head) > 0;
  }

  private nextDelay(): number {
    const { firstMilliseconds, longestMilliseconds } = this.options.backOff ?? {
      firstMilliseconds: 50,
      longestMilliseconds: 30_000,
    };
    const ceiling = Math.min(longestMilliseconds, firstMilliseconds * 2 ** Math.min(this.failures++, 30));
    return ceiling / 2 + (Math.random() * ceiling) / 2;
  }
}

/** Undefined once aborted. A race with a promise that lives on would keep everything that was ever handed over. */
const orAborted = <T>(pending: Promise<T>, signal: AbortSignal): Promise<T | undefined> =>
  new Promise((resolve, reject) => {
    const abort = (): void => resolve(undefined);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    void pending.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });

/** Resolves when the time is over or the signal is aborted. */
export const sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
