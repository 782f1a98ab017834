import { EventStoreUnavailable } from '@flowledger/event-sourcing';
import { ClientLease } from './client-lease';
import type { Timers } from './event-store-db-options';

/**
 * Exactly one client at a time. A client that let a timer run out is not trusted again: it is disposed, allowed to
 * settle, and only then is the next one opened, because client 6.2.1 keeps the pending appends of all clients of a
 * process in one table and a failing one takes the others down.
 */
export class Connection {
  private current: ClientLease;
  private renewal: Promise<void> | undefined;
  private closed: Promise<void> | undefined;

  constructor(
    private readonly connectionString: string,
    readonly timers: Timers,
  ) {
    this.current = new ClientLease(connectionString);
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
    this.current = new ClientLease(this.connectionString);
    this.renewal = undefined;
  }
}
