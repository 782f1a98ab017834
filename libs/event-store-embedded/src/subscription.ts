import { setImmediate as turn } from 'node:timers/promises';
import { logPosition, SubscriptionDropped } from '@flowledger/event-sourcing';
import type { SubscribeOptions, SubscriptionMessage } from '@flowledger/event-sourcing';
import type { CommitSignal } from './commit-signal';
import { pageSize } from './log-pages';
import type { LogPages } from './log-pages';

export interface SubscriptionSource {
  readonly pages: Pick<LogPages, 'forwards'>;
  readonly commits: CommitSignal;
  readonly head: () => number;
  /** True from the moment the store stops serving. */
  readonly ended: () => boolean;
}

/** Pulls pages while it is behind, then one page at each commit. The consumer's pace is the only buffer. */
export async function* followLog(
  { pages, commits, head, ended }: SubscriptionSource,
  { after, signal }: SubscribeOptions,
): AsyncGenerator<SubscriptionMessage> {
  let position = after ? Number(after.commit) : 0;
  let saidCaughtUp = false;
  while (!signal?.aborted) {
    if (ended()) throw new SubscriptionDropped('the store was closed');
    const end = head();
    if (position < end) {
      const { events, through } = pages.forwards(position, end, pageSize);
      position = through;
      if (events.length > 0) yield { kind: 'events', events };
      else yield { kind: 'checkpoint', position: logPosition(through) };
      if (position < end) await turn();
      continue;
    }
    if (!saidCaughtUp) {
      saidCaughtUp = true;
      yield { kind: 'caught-up' };
      continue;
    }
    await commits.next(signal);
  }
}
