import { SubscriptionDropped, comparePositions, formatPosition } from '@flowledger/event-sourcing';
import type { LogPosition, SubscribeOptions, SubscriptionMessage } from '@flowledger/event-sourcing';
import { headOf } from './all-reader';
import type { Connection } from './connection';
import { OwnTimeout, within } from './deadline';
import { MessageQueue } from './message-queue';
import { probeSilence } from './silence-probe';
import { SubscriptionFeed } from './subscription-feed';

/**
 * A catch-up subscription to `$all`. The head is read *before* subscribing: at the first `caughtUp` everything up to it
 * has been handed over, which moves the checkpoint of a store in which nothing matches.
 */
export async function* subscribe(
  connection: Connection,
  options: SubscribeOptions,
): AsyncGenerator<SubscriptionMessage> {
  if (options.signal?.aborted) return;
  const queue = new MessageQueue(options.after);
  const aborted = () => queue.fail(new SubscriptionDropped('aborted'));
  options.signal?.addEventListener('abort', aborted);
  let feed: SubscriptionFeed | undefined;
  try {
    const headBefore = await headOf(connection);
    feed = await open(connection, queue, options, headBefore);
    yield* drain(connection, queue, feed, options);
  } catch (error) {
    if (!options.signal?.aborted) throw error;
  } finally {
    options.signal?.removeEventListener('abort', aborted);
    feed?.stop();
  }
}

async function open(
  connection: Connection,
  queue: MessageQueue,
  options: SubscribeOptions,
  headBefore: LogPosition | undefined,
): Promise<SubscriptionFeed> {
  const lease = await connection.lease();
  let head = headBefore;
  const { after, streamPrefixes } = options;
  connection.counts.subscriptions++;
  const feed = new SubscriptionFeed(
    (sink) => lease.client.subscribe({ after, streamPrefixes }, sink),
    queue,
    options,
    {
      caughtUp: () => {
        if (head) queue.checkpoint(head);
        head = undefined;
        queue.caughtUp();
      },
      discarded: () => void connection.counts.discarded++,
      serverTime: (time) => connection.serverClock.observe(time),
    },
  );
  const { subscribeTimeoutMs } = connection.timers;
  try {
    // Whatever ends the subscription before its confirmation comes out of the queue.
    await within(Promise.race([feed.confirmed, queue.failed]), subscribeTimeoutMs, 'Subscribing');
  } catch (error) {
    feed.stop();
    if (!(error instanceof OwnTimeout)) throw error;
    await connection.renew(lease, error);
    throw new SubscriptionDropped('the server did not confirm it', { cause: error });
  }
  return feed;
}

async function* drain(
  connection: Connection,
  queue: MessageQueue,
  feed: SubscriptionFeed,
  { streamPrefixes, signal }: SubscribeOptions,
): AsyncGenerator<SubscriptionMessage> {
  const { catchUpProbeMs, idleProbeMs } = connection.timers;
  let caughtUp = false;
  let overdue: LogPosition | undefined;
  for (;;) {
    if (await queue.arrival(caughtUp ? idleProbeMs : catchUpProbeMs)) {
      const message = queue.take();
      if (signal?.aborted) return;
      if (!message) continue;
      feed.resume();
      caughtUp ||= message.kind === 'caught-up';
      yield message;
      if (signal?.aborted) return;
      continue;
    }
    const finding = await probeSilence(connection, queue.position, streamPrefixes);
    if (queue.length > 0) continue;
    if (finding.kind === 'nothing-missing') {
      overdue = undefined;
      if (finding.head) queue.checkpoint(finding.head);
      if (caughtUp) queue.release();
      else queue.caughtUp();
    } else if (overdue && comparePositions(overdue, finding.position) === 0) {
      throw new SubscriptionDropped(
        `it went silent while the event at ${formatPosition(overdue)} was to be handed over`,
      );
    } else overdue = finding.position;
  }
}
