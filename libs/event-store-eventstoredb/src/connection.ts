import { EventStoreUnavailable } from '@flowledger/event-sourcing';
import { AppendGate } from './append-gate';
import { CircuitBreaker } from './circuit-breaker';
import type { OpenClient } from './client/load-client';
import { ClientLease } from './client-lease';
import type { Limits, Timers } from './event-store-db-options';
import { ServerClock } from './server-clock';

/**
 * Exactly one client at a time. A client that let a timer run out is not trusted again: it is disposed, allowed to
 * settle, and only then is the next one opened, because client 6.2.1 keeps the pending appends of all clients of a
 * process in one table and a failing one takes the others down.
 */
export class Connection {
  readonly breaker = new CircuitBreaker();
  readonly gate: AppendGate;
  readonly serverClock: ServerClock;
  readonly counts = { clientsReplaced: 0, subscriptions: 0, discarded: 0 };
  private current: ClientLease;
  private renewal: Promise<void> | undefined;
  private closed: Promise<void> | undefined;

  constructor(
    private readonly open: () => ReturnType<OpenClient>,
    readonly timers: Timers,
    { maxAppendsInFlight, maxAppendsWaiting, onWarning }: Limits,
  ) {
    this.gate = new AppendGate(maxAppendsInFlight, maxAppendsWaiting);
    this.serverClock = new ServerClock(onWarning);
    this.current = new ClientLease(open());
  }

  /** @throws EventStoreUnavailable after {@link close} */
  async lease(): Promise<ClientLease> {
    while (this.renewal) await this.renewal;
    if (this.closed) throw new EventStoreUnavailable('The event store was closed');
    return this.current;
  }

  /** Replaces the client, once, however many callers found it wanting. */
  async renew(suspect: ClientLease, reason: Error): Promise<void> {
    if (suspect === this.current && !this.closed) this.renewal ??= this.replace(suspect, reason);
    await this.renewal;
  }

  close(): Promise<void> {
    this.closed ??= (async () => {
      await this.renewal;
      await this.current.retire(new EventStoreUnavailable('The event store was closed'), this.timers);
    })();
    return this.closed;
  }

  private async replace(suspect: ClientLease, reason: Error): Promise<void> {
    const cause = new EventStoreUnavailable(
      `The connection to EventStoreDB was given up: ${reason.message}`,
      {
        cause: reason,
      },
    );
    await suspect.retire(cause, this.timers);
    this.current = new ClientLease(this.open());
    this.counts.clientsReplaced++;
    this.renewal = undefined;
  }
}
