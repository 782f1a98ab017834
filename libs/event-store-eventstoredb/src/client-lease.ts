import { setMaxListeners } from 'node:events';
import type { StoreClient } from './client/store-client';
import type { Timers } from './event-store-db-options';
import { within } from './deadline';

/** One client from its opening to its disposal. */
export class ClientLease {
  private readonly end = new AbortController();
  private readonly appends = new Set<Promise<unknown>>();

  constructor(readonly client: StoreClient) {
    // As many appends as there are wait for the first answer on a connection.
    setMaxListeners(0, this.end.signal);
  }

  /** Aborted when the client is given up. */
  get retired(): AbortSignal {
    return this.end.signal;
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
    const settled = this.client.dispose(reason).then(() => Promise.all(this.appends));
    await within(settled, settleTimeoutMs, 'Settling').catch(() => undefined);
    await within(this.client.closeChannel(), settleTimeoutMs, 'Closing the channel').catch(() => undefined);
  }
}
