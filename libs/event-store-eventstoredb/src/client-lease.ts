import { setMaxListeners } from 'node:events';
import { EventStoreDBClient } from '@eventstore/db-client';
import { debug } from '@eventstore/db-client/dist/utils';
import type { Timers } from './event-store-db-options';
import { within } from './deadline';

/** What the client keeps `protected`, although only this tells a request that was never sent from one that was. */
interface ClientInternals {
  readonly capabilities: Promise<unknown>;
  getChannel(): Promise<{ close(): void }>;
}

/** One client from its opening to its disposal. Everything that hangs on it listens to {@link ClientLease.retired}. */
export class ClientLease {
  readonly client: EventStoreDBClient;
  private readonly end = new AbortController();
  private readonly appends = new Set<Promise<unknown>>();

  constructor(connectionString: string) {
    // With DEBUG set the client prints the connection string, password included, and private keys.
    debug.connection.enabled = false;
    this.client = EventStoreDBClient.connectionString(connectionString);
    // As many readers and subscribers as the process likes wait for this signal.
    setMaxListeners(0, this.end.signal);
  }

  /** Aborted when the client is given up: the client itself leaves its readers and subscribers hanging. */
  get retired(): AbortSignal {
    return this.end.signal;
  }

  /** Resolves once the server has answered a first request on this connection; rejects while nothing was sent. */
  async ready(): Promise<void> {
    await this.internals.capabilities;
    this.end.signal.throwIfAborted();
  }

  /** Keeps the append in mind until it settles. */
  track<T>(append: Promise<T>): Promise<T> {
    const settled = append.then(
      () => undefined,
      () => undefined,
    );
    this.appends.add(settled);
    void settled.then(() => this.appends.delete(settled));
    return append;
  }

  /** Disposes the client and waits until its appends have been rejected: they share a table with those of the next. */
  async retire(reason: Error, { settleTimeoutMs }: Timers): Promise<void> {
    if (this.end.signal.aborted) return;
    this.end.abort(reason);
    const settled = this.client.dispose().then(() => Promise.all(this.appends));
    await within(settled, settleTimeoutMs, 'Settling').catch(() => undefined);
    const channel = this.internals.getChannel().then((open) => open.close());
    await within(channel, settleTimeoutMs, 'Closing the channel').catch(() => undefined);
  }

  private get internals(): ClientInternals {
    return this.client as unknown as ClientInternals;
  }
}
