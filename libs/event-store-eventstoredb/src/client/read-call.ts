import { logPosition } from '@flowledger/event-sourcing';
import type { LogPosition, RecordedEvent } from '@flowledger/event-sourcing';
import type { ReadResponse } from './protocol';
import { toRecorded } from './recorded-event';

/** What a read or subscription says, in the order in which the server said it. */
export type ServerMessage =
  | { readonly kind: 'event'; readonly event: RecordedEvent }
  | { readonly kind: 'checkpoint'; readonly position: LogPosition }
  | { readonly kind: 'confirmed' | 'caught-up' | 'no-such-stream' };

export interface ReadSink {
  /** @param message undefined for one that we have no use for: the server is alive, no more */
  message(message: ServerMessage | undefined): void;
  /** Something came after the call was over, and was thrown away. */
  discarded(): void;
  /** The server's clock, to the second, as it began to answer. */
  serverTime(time: Date): void;
}

/** A server stream of gRPC, as far as it is used here. */
export interface ResponseStream {
  on(event: 'data', listener: (response: ReadResponse) => void): this;
  on(event: 'metadata', listener: (headers: { get(key: string): unknown[] }) => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: 'end', listener: () => void): this;
  pause(): this;
  resume(): this;
  cancel(): void;
}

/** One read or subscription on the wire. Nothing comes out of it any more once it was cancelled. */
export class ReadCall {
  /** Resolves when the server has ended it; rejects with what ended it otherwise, {@link cancel}'s reason included. */
  readonly done: Promise<void>;
  /** Whether {@link cancel} ended it. */
  wasCancelled = false;
  private over = false;
  private paused = false;
  private stream: ResponseStream | undefined;
  private end!: (error?: Error) => void;

  constructor(
    opening: Promise<ResponseStream>,
    private readonly sink: ReadSink,
    asCommandError: (error: Error) => Error,
  ) {
    this.done = new Promise((resolve, reject) => {
      this.end = (error) => {
        this.over = true;
        if (error) reject(this.wasCancelled ? error : asCommandError(error));
        else resolve();
      };
    });
    this.done.catch(() => undefined);
    opening.then((stream) => this.listen(stream), this.end);
  }

  /** Lets what comes wait in the connection, and so in the server. */
  pause(): void {
    this.paused = true;
    this.stream?.pause();
  }

  resume(): void {
    if (!this.paused) return;
    this.paused = false;
    this.stream?.resume();
  }

  get isPaused(): boolean {
    return this.paused;
  }

  cancel(reason: Error): void {
    if (this.over) return;
    this.wasCancelled = true;
    this.end(reason);
    this.stream?.cancel();
  }

  private listen(stream: ResponseStream): void {
    this.stream = stream;
    stream.on('error', (error) => this.end(error)).on('end', () => this.end());
    if (this.over) return stream.cancel();
    stream
      .on('metadata', (headers) => {
        const time = new Date(String(headers.get('date')[0]));
        if (!Number.isNaN(time.getTime())) this.sink.serverTime(time);
      })
      .on('data', (response) => this.receive(response));
    if (this.paused) stream.pause();
  }

  private receive(response: ReadResponse): void {
    if (this.over) return this.sink.discarded();
    try {
      this.sink.message(messageOf(response));
    } catch (error) {
      this.cancel(error as Error);
    }
  }
}

function messageOf(response: ReadResponse): ServerMessage | undefined {
  const recorded = response.getEvent()?.getEvent();
  if (recorded) return { kind: 'event', event: toRecorded(recorded) };
  const checkpoint = response.getCheckpoint();
  if (checkpoint) {
    const [commit, prepare] = [checkpoint.getCommitPosition(), checkpoint.getPreparePosition()];
    return { kind: 'checkpoint', position: logPosition(BigInt(commit), BigInt(prepare)) };
  }
  if (response.hasCaughtUp()) return { kind: 'caught-up' };
  if (response.hasConfirmation()) return { kind: 'confirmed' };
  return response.hasStreamNotFound() ? { kind: 'no-such-stream' } : undefined;
}
