import { Metadata, status } from '@grpc/grpc-js';
import type { sendUnaryData, ServerReadableStream } from '@grpc/grpc-js';
import * as shared from '@eventstore/db-client/generated/shared_pb';
import * as pb from '@eventstore/db-client/generated/streams_pb';
import type { FakeAppendOutcome, FakeExpectation, ProposedEvent } from './fake-event';
import type { FakeEventLog } from './fake-event-log';
import type { FakeFaults } from './fake-faults';
import { appendExpectation, proposedEvent, streamName } from './fake-messages';

/** The append call that the client takes when credentials come with the call, or the server has no batch append. */
export function serveAppend(
  call: ServerReadableStream<pb.AppendReq, pb.AppendResp>,
  done: sendUnaryData<pb.AppendResp>,
  log: FakeEventLog,
  faults: FakeFaults,
): void {
  let options: pb.AppendReq.Options | undefined;
  const events: ProposedEvent[] = [];
  call.on('data', (request: pb.AppendReq) => {
    options = request.getOptions() ?? options;
    const message = request.getProposedMessage();
    if (message) events.push(proposedEvent(message));
  });
  call.on('end', () => {
    const stream = streamName(options?.getStreamIdentifier());
    const expected = appendExpectation(options);
    const fault = faults.nextAppend();
    const outcome = !fault || fault.written ? log.append(stream, expected, events) : undefined;
    if (!fault && outcome) respond(stream, expected, outcome, done);
    else if (fault?.answer === 'fail-stream' || fault?.answer === 'end-stream')
      done({ code: status.INTERNAL, details: 'RST_STREAM code 0' });
  });
}

function respond(
  stream: string,
  expected: FakeExpectation,
  outcome: FakeAppendOutcome,
  done: sendUnaryData<pb.AppendResp>,
): void {
  switch (outcome.kind) {
    case 'success': {
      const success = new pb.AppendResp.Success().setCurrentRevision(String(outcome.revision));
      if (outcome.position !== undefined)
        success.setPosition(
          new pb.AppendResp.Position()
            .setCommitPosition(String(outcome.position))
            .setPreparePosition(String(outcome.position)),
        );
      return done(null, new pb.AppendResp().setSuccess(success));
    }
    case 'wrong-expected-version': {
      const wrong = new pb.AppendResp.WrongExpectedVersion();
      if (outcome.current === undefined) wrong.setCurrentNoStream(new shared.Empty());
      else wrong.setCurrentRevision(String(outcome.current));
      if (typeof expected === 'bigint') wrong.setExpectedRevision(String(expected));
      else if (expected === 'no_stream') wrong.setExpectedNoStream(new shared.Empty());
      else if (expected === 'stream_exists') wrong.setExpectedStreamExists(new shared.Empty());
      else wrong.setExpectedAny(new shared.Empty());
      return done(null, new pb.AppendResp().setWrongExpectedVersion(wrong));
    }
    case 'stream-deleted':
      return done(refusal(status.FAILED_PRECONDITION, 'stream-deleted', { 'stream-name': stream }));
    case 'too-large':
      return done(
        refusal(status.INVALID_ARGUMENT, 'maximum-append-size-exceeded', {
          'maximum-append-size': String(outcome.limit),
        }),
      );
    case 'bad-request':
      return done({ code: status.INVALID_ARGUMENT, details: outcome.reason });
  }
}

/** An error the client recognises by its `exception` trailer. */
export function refusal(code: status, exception: string, trailers: Record<string, string>) {
  const metadata = new Metadata();
  metadata.set('exception', exception);
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return { code, details: exception, metadata };
}
