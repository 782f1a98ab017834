import { HttpException } from '@nestjs/common';
import {
  CorruptRecord,
  EventStoreUnavailable,
  isRejected,
  MalformedCursor,
  MalformedPosition,
  StorageFull,
  UnknownOutcome,
  WrongExpectedRevision,
} from '@flowledger/event-sourcing';
import { AuditLogAltered, NothingToExport } from '@flowledger/audit';
import { BrokenCapture, UnsupportedLinkType } from '@flowledger/capture';
import { BackupTargetNotEmpty, LogstoreNotFound, QueryNotSupported } from '@flowledger/log-store';
import { HttpRefusal, InvalidInput } from './http-errors';
import { statusOfRejection } from './rejection-statuses';

/** RFC 9457. `code` is stable; `detail` is for people. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  /** Seconds; also sent as Retry-After. */
  readonly retryAfter?: number;
  readonly [extension: string]: unknown;
}

/** A refusal that is handed on: one that was given before for the same Idempotency-Key, or one of the collector. */
export class RepeatedRefusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

type Named = new (...parameters: never[]) => Error;

/** Errors of the stores and the data plane, with what the client can do about each. */
const known: readonly (readonly [Named, number, string])[] = [
  [MalformedPosition, 422, 'MalformedPosition'],
  [MalformedCursor, 422, 'MalformedCursor'],
  [QueryNotSupported, 422, 'QueryNotSupported'],
  [UnsupportedLinkType, 422, 'UnsupportedLinkType'],
  [BrokenCapture, 422, 'BrokenCapture'],
  [LogstoreNotFound, 404, 'LogstoreNotFound'],
  [BackupTargetNotEmpty, 409, 'BackupTargetNotEmpty'],
  [NothingToExport, 404, 'NothingToExport'],
  [AuditLogAltered, 500, 'AuditLogAltered'],
  [WrongExpectedRevision, 409, 'ConcurrentChange'],
  [StorageFull, 507, 'StorageFull'],
  [EventStoreUnavailable, 503, 'EventStoreUnavailable'],
  [UnknownOutcome, 503, 'UnknownOutcome'],
  [CorruptRecord, 500, 'CorruptRecord'],
];

export function problemOf(error: unknown): Problem {
  if (error instanceof RepeatedRefusal) return error.problem;
  if (isRejected(error)) {
    const path = 'path' in error && typeof error.path === 'string' ? error.path : undefined;
    return problem(statusOfRejection(error), error.code, error.detail, {
      ...(path && { errors: [{ path, message: error.detail }] }),
    });
  }
  if (error instanceof HttpRefusal) {
    return problem(error.status, error.code, error.message, {
      ...(error instanceof InvalidInput && { errors: error.errors }),
      ...(error.retryAfterSeconds && { retryAfter: error.retryAfterSeconds }),
      ...error.facts,
    });
  }
  const row = known.find(([type]) => error instanceof type);
  if (row) {
    const [, status, code] = row;
    const { message } = error as Error;
    const facts =
      error instanceof BrokenCapture ? { offset: error.offset, packetsRead: error.packetsRead } : {};
    return problem(status, code, message, { ...facts, ...(status === 503 && { retryAfter: 1 }) });
  }
  if (error instanceof HttpException)
    return problem(error.getStatus(), codeOfStatus(error.getStatus()), error.message);
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return problem(status, codeOfStatus(status), (error as Error).message);
  }
  return problem(
    500,
    'InternalError',
    'Something went wrong on our side; the log of the service has the details',
  );
}

function problem(status: number, code: string, detail: string, more: Record<string, unknown> = {}): Problem {
  return { type: `urn:flowledger:problem:${code}`, title: titleOf(code), status, code, detail, ...more };
}

/** `FlowLogNotFound` → `Flow log not found`. */
const titleOf = (code: string): string => {
  const words = code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const codes: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  408: 'RequestTimeout',
  413: 'BodyTooLarge',
  415: 'UnsupportedMediaType',
  422: 'InvalidInput',
  429: 'TooManyRequests',
};
const codeOfStatus = (status: number): string => codes[status] ?? 'RequestRefused';
