/** Of a span, as the metadata of events carries it: 32 and 16 hexadecimal digits. */
export interface SpanIds {
  readonly traceId: string;
  readonly spanId: string;
}

export interface SpanOptions {
  readonly kind?: 'server' | 'client' | 'consumer' | 'internal';
  /** Absent: the span that is active, or a new trace. */
  readonly parent?: Partial<SpanIds>;
  /** Names, types, streams and ids only: data of events may be personal. */
  readonly attributes?: Readonly<Record<string, string | number>>;
  /** Milliseconds since the epoch; now when absent. */
  readonly startedAt?: number;
}

export interface OpenSpan {
  readonly ids: SpanIds;
  /** Once. With an error the span is marked as failed. */
  end(outcome?: { readonly error?: unknown; readonly attributes?: SpanOptions['attributes'] }): void;
}

/** Where spans go. Nothing of it ever waits for the network or throws because of it. */
export interface Tracing {
  start(name: string, options?: SpanOptions): OpenSpan;
  /** The span is active while `work` runs: what it starts is its child. */
  run<T>(name: string, options: SpanOptions, work: (ids: SpanIds) => Promise<T>): Promise<T>;
  /** Sends what has not been sent; resolves in any case. */
  stop(): Promise<void>;
}
