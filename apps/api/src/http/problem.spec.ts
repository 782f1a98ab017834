import { NotFoundException } from '@nestjs/common';
import { AccessRejected } from '@flowledger/access';
import { BrokenCapture } from '@flowledger/capture';
import {
  EventStoreUnavailable,
  MalformedCursor,
  StorageFull,
  WrongExpectedRevision,
  streamRevision,
} from '@flowledger/event-sourcing';
import type { Rejected } from '@flowledger/event-sourcing';
import { FlowLogRejected } from '@flowledger/flow-log';
import { LogServiceRejected } from '@flowledger/log-service';
import { NetworkRejected } from '@flowledger/network';
import { InvalidInput, TooManyRequests } from './http-errors';
import { problemOf, RepeatedRefusal } from './problem';
import { accessStatuses, flowLogStatuses, logServiceStatuses, networkStatuses } from './rejection-statuses';

const tables: [string, Record<string, number>, (code: never) => Rejected][] = [
  ['flow log', flowLogStatuses, (code) => new FlowLogRejected(code, 'because')],
  ['network', networkStatuses, (code) => new NetworkRejected(code, 'because')],
  ['log service', logServiceStatuses, (code) => new LogServiceRejected(code, 'because')],
  ['access', accessStatuses, (code) => new AccessRejected(code, 'because')],
];

describe.each(tables)('a refusal of the %s domain', (_, statuses, rejected) => {
  it.each(Object.entries(statuses))('%s is %i with its own code', (code, status) => {
    expect(problemOf(rejected(code as never))).toEqual({
      type: `urn:flowledger:problem:${code}`,
      title: expect.any(String) as string,
      status,
      code,
      detail: 'because',
    });
  });
  it.each(Object.entries(statuses))('%s has a status that fits its name: %i', (code, status) => {
    if (code === 'RevisionMismatch') expect(status).toBe(412);
    else if (code.endsWith('NotFound')) expect(status).toBe(404);
    else if (/^(Invalid(?!Status)|Missing|Duplicate|TooMany)/.test(code)) expect(status).toBe(422);
    else expect([409, 422]).toContain(status);
  });
});

describe('a problem', () => {
  it('names the wrong input of a domain refusal', () =>
    expect(problemOf(new FlowLogRejected('InvalidTag', 'too long', 'tags.2.key'))).toMatchObject({
      errors: [{ path: 'tags.2.key', message: 'too long' }],
    }));
  it('has every wrong path of the input', () => {
    const errors = [
      { path: 'a', message: 'is wrong' },
      { path: 'b.0', message: 'too' },
    ];
    expect(problemOf(new InvalidInput(errors))).toMatchObject({ status: 422, code: 'InvalidInput', errors });
  });
  it('says when to come back', () =>
    expect(problemOf(new TooManyRequests('Too many', 12))).toMatchObject({ status: 429, retryAfter: 12 }));
  it('of a broken capture says where', () =>
    expect(problemOf(new BrokenCapture(24, 'no length', 3))).toMatchObject({
      status: 422,
      code: 'BrokenCapture',
      offset: 24,
      packetsRead: 3,
    }));
  it.each([
    [new MalformedCursor(), 422, 'MalformedCursor'],
    [new WrongExpectedRevision('s-1', 'no-stream', streamRevision(1)), 409, 'ConcurrentChange'],
    [new StorageFull('events'), 507, 'StorageFull'],
    [new EventStoreUnavailable('no answer'), 503, 'EventStoreUnavailable'],
    [new NotFoundException('Cannot GET /x'), 404, 'NotFound'],
    [Object.assign(new Error('too large'), { statusCode: 413 }), 413, 'BodyTooLarge'],
  ])('of %s is %i %s', (error, status, code) => expect(problemOf(error)).toMatchObject({ status, code }));
  it('of our own making tells nothing of its cause', () => {
    const problem = problemOf(new Error('password=secret'));
    expect(problem).toMatchObject({ status: 500, code: 'InternalError' });
    expect(JSON.stringify(problem)).not.toContain('secret');
  });
  it('that was given before is given again', () => {
    const first = problemOf(new MalformedCursor());
    expect(problemOf(new RepeatedRefusal(first))).toBe(first);
  });
});
