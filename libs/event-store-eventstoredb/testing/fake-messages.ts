import { randomUUID } from 'node:crypto';
import * as shared from '@eventstore/db-client/generated/shared_pb';
import * as pb from '@eventstore/db-client/generated/streams_pb';
import type { FakeExpectation, ProposedEvent, StoredEvent } from './fake-event';

const ticksPerMillisecond = 10_000n;

export const streamName = (id: shared.StreamIdentifier | undefined): string =>
  Buffer.from(id?.getStreamName_asU8() ?? []).toString('utf8');

export const streamIdentifier = (stream: string): shared.StreamIdentifier =>
  new shared.StreamIdentifier().setStreamName(new TextEncoder().encode(stream));

export const proposedEvent = (
  message: pb.AppendReq.ProposedMessage | pb.BatchAppendReq.ProposedMessage,
): ProposedEvent => ({
  id: message.getId()?.getString() ?? '',
  headers: message.getMetadataMap().getEntryList(),
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

export function appendExpectation(options: pb.AppendReq.Options | undefined): FakeExpectation {
  if (options?.hasRevision()) return BigInt(options.getRevision());
  if (options?.hasNoStream()) return 'no_stream';
  return options?.hasStreamExists() ? 'stream_exists' : 'any';
}

export function batchExpectation(options: pb.BatchAppendReq.Options | undefined): FakeExpectation {
  if (options?.hasStreamPosition()) return BigInt(options.getStreamPosition());
  if (options?.hasNoStream()) return 'no_stream';
  return options?.hasStreamExists() ? 'stream_exists' : 'any';
}

export function eventMessage(stored: StoredEvent): pb.ReadResp {
  const event = new pb.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(stored.id))
    .setStreamIdentifier(streamIdentifier(stored.stream))
    .setStreamRevision(String(stored.revision))
    .setCommitPosition(String(stored.position))
    .setPreparePosition(String(stored.position))
    .setData(stored.data)
    .setCustomMetadata(stored.metadata);
  for (const [key, value] of stored.headers) event.getMetadataMap().set(key, value);
  event.getMetadataMap().set('created', String(BigInt(stored.created) * ticksPerMillisecond));
  return new pb.ReadResp().setEvent(
    new pb.ReadResp.ReadEvent().setEvent(event).setCommitPosition(String(stored.position)),
  );
}

export const confirmationMessage = (): pb.ReadResp =>
  new pb.ReadResp().setConfirmation(
    new pb.ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID()),
  );

export const checkpointMessage = (commit: bigint, prepare = commit): pb.ReadResp =>
  new pb.ReadResp().setCheckpoint(
    new pb.ReadResp.Checkpoint().setCommitPosition(String(commit)).setPreparePosition(String(prepare)),
  );

export const caughtUpMessage = (): pb.ReadResp => new pb.ReadResp().setCaughtUp(new pb.ReadResp.CaughtUp());

export const streamNotFoundMessage = (stream: string): pb.ReadResp =>
  new pb.ReadResp().setStreamNotFound(
    new pb.ReadResp.StreamNotFound().setStreamIdentifier(streamIdentifier(stream)),
  );
