import { comparePositions } from '@flowledger/event-sourcing';
import type { LogPosition, SubscribeOptions } from '@flowledger/event-sourcing';
import { headOf, readAll } from './all-reader';
import type { Connection } from './connection';

export type SilenceFinding =
  /** Nothing that matches stands between the subscription's position and this head. */
  | { readonly kind: 'nothing-missing'; readonly head: LogPosition | undefined }
  /** This event should have come. */
  | { readonly kind: 'missing'; readonly position: LogPosition };

/**
 * A subscription that says nothing may be idle, may have nothing to say (its filter matches nothing, the server sends no
 * `caughtUp`), or may be dead without the client noticing. Only the log itself can tell.
 */
export async function probeSilence(
  connection: Connection,
  from: LogPosition | undefined,
  streamPrefixes: SubscribeOptions['streamPrefixes'],
): Promise<SilenceFinding> {
  const head = await headOf(connection);
  if (!head || (from && comparePositions(head, from) <= 0))
    return { kind: 'nothing-missing', head: undefined };
  for await (const { position } of readAll(connection, { from, streamPrefixes, maxCount: 1 }))
    if (comparePositions(position, head) <= 0) return { kind: 'missing', position };
  return { kind: 'nothing-missing', head };
}
