import type { EncodedEvent, ExpectedRevision } from '@flowledger/event-sourcing';
import type { Protocol, ReadRequest } from './protocol';
import { ReadCall } from './read-call';
import type { ReadSink, ResponseStream } from './read-call';
import type { LogPage, LogTail, StreamPage } from './read-request';
import { logPage, logTail, streamPage } from './read-request';

interface GrpcClient {
  read(request: ReadRequest, ...rest: unknown[]): ResponseStream;
}

/** What is used of an npm client besides its appends. The client keeps most of it protected. */
export interface NpmClient {
  /** The first answer of the server on this connection; another promise after the client has reconnected. */
  readonly capabilities: Promise<unknown>;
  getChannel(): Promise<{ close(): void }>;
  getGRPCClient(client: unknown, name: string): Promise<GrpcClient>;
  callArguments(base: object, options: object): unknown[];
  /** Reconnects, to the leader if that is what the error names. */
  handleError(client: GrpcClient, error: Error): Promise<void>;
  dispose(): Promise<void>;
}

export interface AppendAnswer {
  readonly nextExpectedRevision: bigint;
  readonly position?: { readonly commit: bigint; readonly prepare: bigint } | undefined;
}

export type SendAppend = (
  stream: string,
  expected: 'any' | 'no_stream' | 'stream_exists' | bigint,
  events: ProposedEvent[],
) => Promise<AppendAnswer>;

/** What both npm clients take as a JSON event. */
export type ProposedEvent = ReturnType<typeof proposed>;

/**
 * An npm client as the adapter sees it. The client keeps the connection: discovery, TLS, credentials, reconnecting; and
 * it sends the appends. Reads and subscriptions are calls of ours on its channel, with its messages: the clients' own
 * have no filter (6.2.1), cut times to the second (1.3.1), and let markers overtake events (both).
 */
export class StoreClient {
  private readonly reads = new Set<ReadCall>();
  private greeted: Promise<unknown> | undefined;

  constructor(
    private readonly npm: NpmClient,
    private readonly protocol: Protocol,
    private readonly send: SendAppend,
  ) {}

  /** Resolves once the server has answered on this connection; until then nothing was sent but that question. */
  ready(): Promise<void> | undefined {
    const answer = this.npm.capabilities;
    if (answer === this.greeted) return undefined;
    return answer.then(() => void (this.greeted = answer));
  }

  append(stream: string, expected: ExpectedRevision, events: readonly EncodedEvent[]): Promise<AppendAnswer> {
    return this.send(stream, typeof expected === 'bigint' ? expected : words[expected], events.map(proposed));
  }

  readStream(page: StreamPage, sink: ReadSink): ReadCall {
    return this.open(streamPage(this.protocol, page), sink);
  }

  readLog(page: LogPage, sink: ReadSink): ReadCall {
    return this.open(logPage(this.protocol, page), sink);
  }

  subscribe(tail: LogTail, sink: ReadSink): ReadCall {
    return this.open(logTail(this.protocol, tail), sink);
  }

  /** Ends every read and subscription with the reason, and every append with an error of the client's. */
  async dispose(reason: Error): Promise<void> {
    for (const read of this.reads) read.cancel(reason);
    await this.npm.dispose();
  }

  async closeChannel(): Promise<void> {
    (await this.npm.getChannel()).close();
  }

  private open(request: ReadRequest, sink: ReadSink): ReadCall {
    const grpc = this.npm.getGRPCClient(this.protocol.StreamsClient, 'read');
    const call = grpc.then((client) =>
      client
        .read(request, ...this.npm.callArguments({}, { deadline: Infinity }))
        .on('error', (error) => void this.failed(client, read, error)),
    );
    const read: ReadCall = new ReadCall(call, sink, this.protocol.asCommandError);
    this.reads.add(read);
    const forget = () => this.reads.delete(read);
    read.done.then(forget, forget);
    return read;
  }

  private async failed(client: GrpcClient, read: ReadCall, error: Error): Promise<void> {
    if (!read.wasCancelled) await this.npm.handleError(client, error);
  }
}

/**
 * The client serialises inside a promise that nobody can catch: one value that JSON cannot hold would hang the append
 * and end the process. So it only gets what has been JSON already (and the metadata as exactly `Uint8Array`, the one
 * class that it does not encode again).
 */
const proposed = ({ id, type, data, metadata }: EncodedEvent) => ({
  id,
  type,
  contentType: 'application/json' as const,
  data: JSON.parse(data) as Record<string, unknown>,
  metadata: new TextEncoder().encode(metadata),
});

const words = { any: 'any', 'no-stream': 'no_stream', 'stream-exists': 'stream_exists' } as const;
