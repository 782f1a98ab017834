import { deciderSpec } from '@flowledger/event-sourcing/testing';
import { receiptDecider, receiptStream } from './request-receipt.decider';
import type { Answer, ReceiptCommand, ReceiptEvent } from './request-receipt.decider';

const given = deciderSpec(receiptDecider);
const answer: Answer = { status: 201, headers: { ETag: '"0"' }, body: '{}' };
const accept: ReceiptCommand = { type: 'AcceptRequest', hash: 'a' };
const accepted: ReceiptEvent = { type: 'RequestAccepted', data: { hash: 'a' } };
const answered: ReceiptEvent = { type: 'RequestAnswered', data: { answer } };

describe('a request under a new key', () => {
  it('is noted', () => given().when(accept).then(accepted));
});

describe('a request that was noted', () => {
  it('keeps its first hash', () => given(accepted).when({ type: 'AcceptRequest', hash: 'b' }).thenNothing());
  it('takes its answer', () => given(accepted).when({ type: 'AnswerRequest', answer }).then(answered));
});

describe('a request that was answered', () => {
  it('keeps its first answer', () => {
    const other = { ...answer, status: 409 };
    return given(accepted, answered).when({ type: 'AnswerRequest', answer: other }).thenNothing();
  });
});

describe('the stream of a request', () => {
  it('belongs to one account', () => expect(receiptStream('1', 'k')).not.toBe(receiptStream('2', 'k')));
  it('does not show the key', () => expect(receiptStream('1', 'my-key')).not.toContain('my-key'));
});
