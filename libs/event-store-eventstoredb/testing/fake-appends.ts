import { Code } from '@eventstore/db-client/generated/code_pb';
import * as shared from '@eventstore/db-client/generated/shared_pb';
import { Status } from '@eventstore/db-client/generated/status_pb';
import * as pb from '@eventstore/db-client/generated/streams_pb';
import { status } from '@grpc/grpc-js';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import type { FakeAppendOutcome, ProposedEvent } from './fake-event';
import type { FakeEventLog } from './fake-event-log';
import type { FakeFaults } from './fake-faults';
import { batchExpectation, proposedEvent, streamName } from './fake-messages';

type BatchCall = ServerDuplexStream<pb.BatchAppendReq, pb.BatchAppendResp>;

/** One batch append stream: many appends of one client, told apart by their correlation ids. */
export function serveBatchAppends(call: BatchCall, log: FakeEventLog, faults: FakeFaults): void {
  const pending = new Map<string, { options?: pb.BatchAppendReq.Options; events: ProposedEvent[] }>();
  call.on('data', (request: pb.BatchAppendReq) => {
    const key = JSON.stringify(request.getCorrelationId()?.toObject());
    const entry = pending.get(key) ?? { events: [] };
    pending.set(key, entry);
    entry.options = request.getOptions() ?? entry.options;
    entry.events.push(...request.getProposedMessagesList().map(proposedEvent));
    if (!request.getIsFinal()) return;
    pending.delete(key);
    serveOne(call, log, faults, request.getCorrelationId(), entry.options, entry.events);
  });
  call.on('error', () => pending.clear());
  call.on('end', () => call.end());
}

function serveOne(
  call: BatchCall,
  log: FakeEventLog,
  faults: FakeFaults,
  correlationId: shared.UUID | undefined,
  options: pb.BatchAppendReq.Options | undefined,
  events: readonly ProposedEvent[],
): void {
  const fault = faults.nextAppend();
  const execute = () =>
    log.append(streamName(options?.getStreamIdentifier()), batchExpectation(options), events);
  const answer = (outcome: FakeAppendOutcome) => {
    const message = outcomeMessage(outcome)
      .setCorrelationId(correlationId)
      .setStreamIdentifier(options?.getStreamIdentifier());
    if (call.cancelled || call.destroyed) return;
    call.write(message);
    // Real servers answer a malformed request twice, which the client does not survive.
    if (outcome.kind === 'bad-request') call.write(message);
  };
  if (!fault) {
    const outcome = execute();
    if (faults.appendDelay === 0) answer(outcome);
    else setTimeout(() => answer(outcome), faults.appendDelay).unref();
    return;
  }
  const outcome = fault.written ? execute() : undefined;
  if (fault.answer === 'end-stream') call.end();
  if (fault.answer === 'fail-stream')
    call.emit('error', { code: status.INTERNAL, details: 'RST_STREAM code 0' });
  if (fault.answer === 'late') faults.keepForLater(() => answer(outcome ?? execute()));
}

function outcomeMessage(outcome: FakeAppendOutcome): pb.BatchAppendResp {
  const response = new pb.BatchAppendResp();
  if (outcome.kind !== 'success') return response.setError(errorStatus(outcome));
  const success = new pb.BatchAppendResp.Success().setCurrentRevision(String(outcome.revision));
  if (outcome.position === undefined) success.setNoPosition(new Empty());
  else
    success.setPosition(
      new shared.AllStreamPosition()
        .setCommitPosition(String(outcome.position))
        .setPreparePosition(String(outcome.position)),
    );
  return response.setSuccess(success);
}

function errorStatus(outcome: Exclude<FakeAppendOutcome, { kind: 'success' }>): Status {
  const details = new Any();
  const failed = (code: Code, message: string) =>
    new Status().setCode(code).setMessage(message).setDetails(details);
  switch (outcome.kind) {
    case 'wrong-expected-version': {
      const wrong = new shared.WrongExpectedVersion();
      if (outcome.current === undefined) wrong.setCurrentNoStream(new Empty());
      else wrong.setCurrentStreamRevision(String(outcome.current));
      details.pack(wrong.serializeBinary(), 'event_store.client.WrongExpectedVersion');
      return failed(Code.FAILED_PRECONDITION, 'WrongExpectedVersion');
    }
    case 'stream-deleted':
      details.pack(new shared.StreamDeleted().serializeBinary(), 'event_store.client.StreamDeleted');
      return failed(Code.FAILED_PRECONDITION, 'StreamDeleted');
    case 'too-large': {
      const exceeded = new shared.MaximumAppendSizeExceeded().setMaxappendsize(outcome.limit);
      details.pack(exceeded.serializeBinary(), 'event_store.client.MaximumAppendSizeExceeded');
      return failed(Code.INVALID_ARGUMENT, 'MaximumAppendSizeExceeded');
    }
    case 'bad-request':
      details.pack(
        new shared.BadRequest().setMessage(outcome.reason).serializeBinary(),
        'event_store.client.BadRequest',
      );
      return failed(Code.INVALID_ARGUMENT, outcome.reason);
  }
}
