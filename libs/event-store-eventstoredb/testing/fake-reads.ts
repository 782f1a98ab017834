import * as pb from '@eventstore/db-client/generated/streams_pb';
import { status } from '@grpc/grpc-js';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { StoredEvent } from './fake-event';
import type { FakeEventLog } from './fake-event-log';
import { filterOf } from './fake-filter';
import { eventMessage, streamName, streamNotFoundMessage } from './fake-messages';
import { refusal } from './fake-single-append';

export type ReadCall = ServerWritableStream<pb.ReadReq, pb.ReadResp>;

/** A read that ends: of one stream (start inclusive) or of `$all` (inclusive forwards, exclusive backwards). */
export function serveRead(call: ReadCall, log: FakeEventLog): void {
  const options = call.request.getOptions()!;
  const backwards = options.getReadDirection() === pb.ReadReq.Options.ReadDirection.BACKWARDS;
  const count = Number(options.getCount());
  const single = options.getStream();
  if (!single) return serveAll(call, log, backwards, count);

  const stream = streamName(single.getStreamIdentifier());
  const state = log.state(stream);
  if (state === 'tombstoned') {
    call.emit('error', refusal(status.FAILED_PRECONDITION, 'stream-deleted', { 'stream-name': stream }));
    return;
  }
  if (state !== 'live') {
    call.write(streamNotFoundMessage(stream));
    call.end();
    return;
  }
  const from = single.hasRevision() ? BigInt(single.getRevision()) : undefined;
  const events = log
    .visible(stream)
    .filter(({ revision }) => from === undefined || (backwards ? revision <= from : revision >= from));
  void send(call, backwards ? events.toReversed() : events, count);
}

function serveAll(call: ReadCall, log: FakeEventLog, backwards: boolean, count: number): void {
  const position = call.request.getOptions()!.getAll()!.getPosition();
  const from = position && BigInt(position.getCommitPosition());
  const head = log.all.at(-1)?.position ?? 0n;
  const insideLog = from !== undefined && from <= head;
  if (from !== undefined && (insideLog ? !isBoundary(log, from) : backwards)) {
    call.emit('error', { code: status.UNKNOWN, details: 'Unexpected ReadAllResult: InvalidPosition' });
    return;
  }
  const filter = filterOf(call.request.getOptions()!.getFilter());
  const events = log.all.filter(
    (event) =>
      (from === undefined || (backwards ? event.position < from : event.position >= from)) &&
      (!filter || filter.matches(event)),
  );
  void send(call, backwards ? events.reverse() : events, count);
}

export const isBoundary = (log: FakeEventLog, position: bigint): boolean =>
  position === 0n || log.all.some((event) => event.position === position);

async function send(call: ReadCall, events: readonly StoredEvent[], count: number): Promise<void> {
  for (const event of events.slice(0, count)) {
    if (call.cancelled) return;
    if (!call.write(eventMessage(event))) await drained(call);
  }
  call.end();
}

/** Resolves when the call takes more, or is over. */
export function drained(call: ReadCall): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      call.off('drain', done).off('cancelled', done).off('close', done);
      resolve();
    };
    call.on('drain', done).on('cancelled', done).on('close', done);
  });
}
