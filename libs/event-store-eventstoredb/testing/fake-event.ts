/** An event as it arrives on the wire: bytes, and the headers `type` and `content-type`. */
export interface ProposedEvent {
  readonly id: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface StoredEvent extends ProposedEvent {
  readonly stream: string;
  readonly revision: bigint;
  /** Offset in the log, in bytes: comparable, with gaps. Commit and prepare are the same number, as on a real server. */
  readonly position: bigint;
  /** Milliseconds since the epoch. */
  readonly created: number;
}

export type FakeExpectation = 'any' | 'no_stream' | 'stream_exists' | bigint;

export type FakeAppendOutcome =
  | { readonly kind: 'success'; readonly revision: bigint; readonly position: bigint | undefined }
  | { readonly kind: 'wrong-expected-version'; readonly current: bigint | undefined }
  | { readonly kind: 'stream-deleted' }
  | { readonly kind: 'too-large'; readonly limit: number }
  | { readonly kind: 'bad-request'; readonly reason: string };

export type FakeStreamState = 'missing' | 'metadata-only' | 'live' | 'soft-deleted' | 'tombstoned';

export const eventType = ({ headers }: ProposedEvent): string =>
  headers.find(([key]) => key === 'type')?.[1] ?? '';

export const isSystemStream = (stream: string): boolean => stream.startsWith('$');
