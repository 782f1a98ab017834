import { PassThrough } from 'node:stream';
import type { Filter } from '@eventstore/db-client';
import { logPosition, newId } from '@flowledger/event-sourcing';
import type { SubscriptionMessage } from '@flowledger/event-sourcing';
import type { ClientLease } from './client-lease';
import { MessageQueue } from './message-queue';
import { SubscriptionFeed } from './subscription-feed';

/** The client's subscription is a stream whose buffer its callbacks overtake. */
class ClientSubscription extends PassThrough {
  checkpointReached!: (position: bigint) => void;
  private next = 0n;

  constructor() {
    super({ objectMode: true, highWaterMark: 1_000 });
  }

  readonly asLease = (): ClientLease => {
    const subscribeToAll = ({ filter }: { filter: Filter }): this => {
      this.checkpointReached = (position) => {
        void filter.checkpointReached!(this as never, logPosition(position));
      };
      return this;
    };
    return { client: { subscribeToAll }, retired: new AbortController().signal } as unknown as ClientLease;
  };

  send(count: number): void {
    for (let index = 0; index < count; index++) {
      const revision = this.next++;
      const event = { id: newId(), type: 'ThingHappened', streamId: 'thing-1', data: {}, metadata: {} };
      this.write({ event: { ...event, revision, position: logPosition(revision), created: new Date() } });
    }
  }
}

const positionsOf = (message: SubscriptionMessage): bigint[] =>
  message.kind === 'events'
    ? message.events.map(({ position }) => position.commit)
    : message.kind === 'checkpoint'
      ? [message.position.commit]
      : [];

/** Everything the queue has, the feed being resumed as the consumer does it. */
async function drained(queue: MessageQueue, feed: SubscriptionFeed): Promise<SubscriptionMessage[]> {
  const messages: SubscriptionMessage[] = [];
  while (await queue.arrival(50)) {
    messages.push(queue.take()!);
    feed.resume();
  }
  return messages;
}

describe('a client that holds events back while its consumer is busy', () => {
  const held = async () => {
    const subscription = new ClientSubscription();
    const queue = new MessageQueue(undefined);
    const feed = new SubscriptionFeed(subscription.asLease(), queue, {}, () => queue.caughtUp());
    subscription.send(600);
    while (!subscription.isPaused()) await new Promise(setImmediate);
    expect(feed.buffered).toBe(true);
    return { subscription, queue, feed };
  };

  it('P14 has its checkpoint handed over after those events', async () => {
    const { subscription, queue, feed } = await held();
    subscription.checkpointReached(1_000n);
    const positions = (await drained(queue, feed)).flatMap(positionsOf);
    expect(positions.map(Number)).toEqual([...Array(600).keys(), 1_000]);
  });

  it('P14 has caught up only after those events', async () => {
    const { subscription, queue, feed } = await held();
    subscription.emit('caughtUp');
    const messages = await drained(queue, feed);
    expect(messages.at(-1)).toEqual({ kind: 'caught-up' });
    expect(messages.flatMap(positionsOf)).toHaveLength(600);
  });

  it('has the newest of several checkpoints handed over', async () => {
    const { subscription, queue, feed } = await held();
    for (const position of [700n, 800n, 900n]) subscription.checkpointReached(position);
    const checkpoints = (await drained(queue, feed)).filter(({ kind }) => kind === 'checkpoint');
    expect(checkpoints.flatMap(positionsOf)).toEqual([900n]);
  });

  it('is not let go on before its consumer has taken something', async () => {
    const { subscription, queue } = await held();
    expect(queue.length).toBe(500);
    await new Promise(setImmediate);
    expect(subscription.isPaused()).toBe(true);
  });
});
