import type * as pb from '@eventstore/db-client/generated/streams_pb';
import { eventType } from './fake-event';
import type { StoredEvent } from './fake-event';

const defaultWindow = 32;

export interface FakeFilter {
  matches(event: StoredEvent): boolean;
  /** A checkpoint comes after this many considered events. */
  readonly checkpointEvery: number;
}

/** The filter of a `$all` subscription: by prefix or regular expression, on the stream's name or the event's type. */
export function filterOf(options: pb.ReadReq.Options.FilterOptions | undefined): FakeFilter | undefined {
  if (!options) return undefined;
  const onType = options.getEventType();
  const expression = onType ?? options.getStreamIdentifier();
  const prefixes = expression?.getPrefixList() ?? [];
  const pattern = new RegExp(expression?.getRegex() ?? '');
  const window = options.hasMax() ? options.getMax() : defaultWindow;
  return {
    checkpointEvery: options.getCheckpointintervalmultiplier() * window,
    matches(event) {
      const text = onType ? eventType(event) : event.stream;
      return prefixes.length > 0 ? prefixes.some((prefix) => text.startsWith(prefix)) : pattern.test(text);
    },
  };
}
