import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import type { IStreamsServer } from '@eventstore/db-client/generated/streams_grpc_pb';
import * as pb from '@eventstore/db-client/generated/streams_pb';
import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import { serveBatchAppends } from './fake-appends';
import { FakeEventLog } from './fake-event-log';
import { FakeFaults } from './fake-faults';
import { streamName } from './fake-messages';
import { serveRead } from './fake-reads';
import type { ReadCall } from './fake-reads';
import { serveAppend } from './fake-single-append';
import { FakeSubscription } from './fake-subscription';
import type { FakeProfile } from './fake-subscription';

const versions: Record<FakeProfile, string> = { legacy: '23.10.8', modern: '24.10.14' };

export interface FakeEventStoreOptions {
  readonly profile?: FakeProfile;
  /** Bytes of data and metadata of one append. */
  readonly maxAppendSize?: number;
  /** Whether the server has the batch append call; without it the client sends one call an append. */
  readonly batchAppend?: boolean;
}

/**
 * One node of EventStoreDB on loopback, in this process and in memory, speaking gRPC to the real client. A fake: it
 * knows what the adapter needs, and what real servers were seen to do with it. No links, no ACL, no scavenge,
 * no persistent subscriptions, no cluster.
 */
export class FakeEventStore {
  readonly log: FakeEventLog;
  readonly faults = new FakeFaults();
  private readonly profile: FakeProfile;
  private readonly subscriptions = new Set<FakeSubscription>();
  private readonly methods: readonly string[];
  private server: Server | undefined;
  private port = 0;

  private constructor({ profile = 'modern', maxAppendSize, batchAppend = true }: FakeEventStoreOptions) {
    this.profile = profile;
    this.methods = ['read', 'append', 'delete', 'tombstone', ...(batchAppend ? ['batchappend'] : [])];
    this.log = new FakeEventLog(maxAppendSize);
  }

  static async start(options: FakeEventStoreOptions = {}): Promise<FakeEventStore> {
    const fake = new FakeEventStore(options);
    await fake.listen();
    return fake;
  }

  get connectionString(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false`;
  }

  /** Subscriptions that are open now. */
  get subscribers(): number {
    return this.subscriptions.size;
  }

  dropSubscriptions(how: 'politely' | status = status.UNAVAILABLE): void {
    for (const subscription of this.subscriptions) subscription.drop(how);
  }

  /** Cuts every connection, as a kill would. The log stays. */
  stop(): void {
    this.server?.forceShutdown();
    this.server = undefined;
  }

  /** Comes back on the same port with the same log and an empty cache of event ids. */
  async restart(): Promise<void> {
    this.stop();
    this.log.restart();
    await this.listen();
  }

  private listen(): Promise<void> {
    const server = new Server();
    server.addService(ServerFeaturesService, {
      getSupportedMethods: (_call: unknown, done: (error: null, methods: SupportedMethods) => void) =>
        done(null, supportedMethods(versions[this.profile], this.methods)),
    });
    server.addService(StreamsService, this.streams());
    this.server = server;
    return new Promise((resolve, reject) => {
      server.bindAsync(`127.0.0.1:${this.port}`, ServerCredentials.createInsecure(), (error, port) => {
        if (error) return reject(error);
        this.port = port;
        resolve();
      });
    });
  }

  private streams(): IStreamsServer {
    return {
      append: (call, done) => serveAppend(call, done, this.log, this.faults),
      batchAppend: (call) => serveBatchAppends(call, this.log, this.faults),
      read: (call) => this.read(call),
      delete: (call, done) => {
        this.log.softDelete(streamName(call.request.getOptions()?.getStreamIdentifier()));
        done(null, new pb.DeleteResp().setPosition(new pb.DeleteResp.Position()));
      },
      tombstone: (call, done) => {
        this.log.tombstone(streamName(call.request.getOptions()?.getStreamIdentifier()));
        done(null, new pb.TombstoneResp().setPosition(new pb.TombstoneResp.Position()));
      },
    };
  }

  private read(call: ReadCall): void {
    call.on('error', () => undefined);
    if (!this.faults.readsHang && !this.faults.subscriptionsHang) call.sendMetadata(this.faults.headers());
    if (call.request.getOptions()?.hasSubscription()) {
      const subscription = new FakeSubscription(call, this.log, this.profile, this.faults);
      this.subscriptions.add(subscription);
      call.once('cancelled', () => this.subscriptions.delete(subscription));
      void subscription.run().finally(() => {
        if (!this.faults.subscriptionsHang) this.subscriptions.delete(subscription);
      });
    } else if (!this.faults.readsHang) serveRead(call, this.log);
  }
}

const supportedMethods = (version: string, methods: readonly string[]): SupportedMethods =>
  new SupportedMethods().setEventStoreServerVersion(version).setMethodsList(
    methods.map((method) =>
      new SupportedMethod()
        .setServiceName('event_store.client.streams.streams')
        .setMethodName(method)
        .setFeaturesList(method === 'read' ? ['position', 'events'] : []),
    ),
  );
