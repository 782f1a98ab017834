import { once } from 'node:events';
import { status } from '@grpc/grpc-js';
import type { StoredEvent } from './fake-event';
import type { FakeEventLog } from './fake-event-log';
import type { FakeFaults } from './fake-faults';
import { filterOf } from './fake-filter';
import type { FakeFilter } from './fake-filter';
import {
  caughtUpMessage,
  checkpointMessage,
  confirmationMessage,
  eventMessage,
  streamName,
} from './fake-messages';
import { drained, isBoundary } from './fake-reads';
import type { ReadCall } from './fake-reads';
import { refusal } from './fake-single-append';

/** `legacy` behaves as 23.10, `modern` as 24.2 and later. */
export type FakeProfile = 'legacy' | 'modern';

const pageSize = 32;
/** A legacy server drops a live subscription that has fallen this far behind. */
const legacyLiveLimit = 500;

/** One catch-up subscription, to a stream or to `$all`: pages from the log, then live, until it is dropped. */
export class FakeSubscription {
  private readonly filter: FakeFilter | undefined;
  private readonly stream: string | undefined;
  /** Index in the log of the next event to consider. */
  private next = 0;
  private considered = 0;
  private sinceCheckpoint = Infinity;
  private lastCheckpoint = -1n;
  private lastFullPage = -1n;
  private caughtUps = 0;
  private live = false;
  private ended = false;
  private readonly gone = new AbortController();

  constructor(
    private readonly call: ReadCall,
    private readonly log: FakeEventLog,
    private readonly profile: FakeProfile,
    private readonly faults: FakeFaults,
  ) {
    const gone = () => this.gone.abort();
    call.once('cancelled', gone).once('close', gone);
    const options = call.request.getOptions()!;
    this.filter = filterOf(options.getFilter());
    const single = options.getStream();
    this.stream = single && streamName(single.getStreamIdentifier());
  }

  async run(): Promise<void> {
    if (this.faults.subscriptionsHang) return;
    if (!this.start()) return;
    this.call.write(confirmationMessage());
    if (this.faults.bogusCheckpoint !== undefined)
      this.call.write(checkpointMessage(this.faults.bogusCheckpoint));
    while (!this.over) {
      await this.sendPending();
      if (this.over) return;
      if (!this.live) this.goLive();
      await this.nextCommit();
      const behind = this.log.all.length - this.next;
      if (this.profile === 'modern' && behind > pageSize) this.live = false;
      else if (behind > legacyLiveLimit) this.drop(status.ABORTED, 'Operation timed out: consumer too slow');
    }
  }

  /** Ends the subscription with an error, or politely (without one). */
  drop(code: status | 'politely', details = 'dropped'): void {
    this.ended = true;
    if (code === 'politely') this.call.end();
    else this.call.emit('error', { code, details });
  }

  private get over(): boolean {
    return this.ended || this.call.cancelled || this.call.destroyed;
  }

  private start(): boolean {
    const options = this.call.request.getOptions()!;
    const range = options.getAll() ?? options.getStream()!;
    if (this.stream !== undefined && this.log.state(this.stream) === 'tombstoned') {
      this.ended = true;
      const trailers = { 'stream-name': this.stream };
      this.call.emit('error', refusal(status.FAILED_PRECONDITION, 'stream-deleted', trailers));
      return false;
    }
    if (range.hasEnd()) this.next = this.log.all.length;
    const position = options.getAll()?.getPosition();
    if (position) return this.startAfter(BigInt(position.getCommitPosition()));
    const single = options.getStream();
    if (single?.hasRevision()) {
      const after = BigInt(single.getRevision());
      const index = this.log.all.findIndex((e) => e.stream === this.stream && e.revision > after);
      this.next = index < 0 ? this.log.all.length : index;
    }
    return true;
  }

  private startAfter(position: bigint): boolean {
    const head = this.log.all.at(-1)?.position ?? 0n;
    if (position <= head && !isBoundary(this.log, position)) {
      const code = this.profile === 'legacy' ? status.UNKNOWN : status.INVALID_ARGUMENT;
      this.drop(code, 'Unexpected ReadAllResult: InvalidPosition');
      return false;
    }
    const index = this.log.all.findIndex((event) => event.position > position);
    this.next = index < 0 ? this.log.all.length : index;
    return true;
  }

  private async sendPending(): Promise<void> {
    while (this.next < this.log.all.length && !this.over) {
      if (this.faults.subscriptionsMute) return;
      const event = this.log.all[this.next++]!;
      const writable = this.send(event);
      if (!writable) await drained(this.call);
    }
  }

  private send(event: StoredEvent): boolean {
    const wanted =
      this.stream !== undefined
        ? event.stream === this.stream
        : !this.filter || this.faults.filterIgnored || this.filter.matches(event);
    let writable = true;
    if (wanted && this.faults.checkpointBeforeEvent) this.call.write(checkpointMessage(event.position));
    if (wanted) writable = this.call.write(eventMessage(event));
    if (wanted && this.faults.eventsTwice) writable = this.call.write(eventMessage(event));
    if (!this.filter) return writable;
    if (++this.considered % pageSize === 0) this.lastFullPage = event.position;
    if (++this.sinceCheckpoint >= this.filter.checkpointEvery) this.checkpoint(event.position);
    return writable;
  }

  private checkpoint(position: bigint): void {
    this.sinceCheckpoint = 0;
    this.lastCheckpoint = position;
    this.call.write(checkpointMessage(position));
  }

  /** At the end of the log: modern servers send a checkpoint of the last full page, not of the head. */
  private goLive(): void {
    this.live = true;
    if (this.profile === 'modern' && this.filter && this.lastFullPage > this.lastCheckpoint)
      this.checkpoint(this.lastFullPage);
    if (this.faults.noCaughtUp || this.faults.subscriptionsMute) return;
    if (this.profile === 'legacy' && this.caughtUps > 0) return;
    this.caughtUps++;
    this.call.write(caughtUpMessage());
  }

  private async nextCommit(): Promise<void> {
    await once(this.log, 'commit', { signal: this.gone.signal }).catch(() => undefined);
  }
}
