import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { deterministicId, newId } from '@flowledger/event-sourcing';
import type { CommandContext } from '@flowledger/event-sourcing';
import type { FastifyRequest } from 'fastify';
import { InvalidInput } from './http-errors';
import { requestOf } from './principal';

export const idempotencyHeader = 'idempotency-key';

/** The client's key, checked; undefined when none was sent. @throws InvalidInput */
export function idempotencyKeyOf({ headers }: FastifyRequest): string | undefined {
  const key = headers[idempotencyHeader];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,128}$/.test(key)) {
    throw new InvalidInput([{ path: 'Idempotency-Key', message: '1 to 128 visible ASCII characters' }]);
  }
  return key;
}

/**
 * On whose behalf a request acts. The command id is made from the Idempotency-Key, so that the same request again is the
 * same command; trace ids come from a W3C `traceparent`.
 */
export function commandContextOf(request: FastifyRequest): CommandContext {
  if (request.commandContext) return request.commandContext;
  const { accountId, tokenId } = request.principal!;
  const key = idempotencyKeyOf(request);
  const requestId = request.correlationId ?? newId();
  const trace = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(
    String(request.headers.traceparent ?? ''),
  );
  request.commandContext = {
    commandId: key ? deterministicId(`request/${accountId}/${key}`) : requestId,
    correlationId: requestId,
    causationId: requestId,
    actor: tokenId,
    accountId,
    ...(trace && { traceId: trace[1]!, spanId: trace[2]! }),
  };
  return request.commandContext;
}

export const CurrentCommandContext = createParamDecorator(
  (_: unknown, context: ExecutionContext): CommandContext => commandContextOf(requestOf(context)),
);

/** `If-Match: "3"` → 3; undefined without the header or for `*`. @throws InvalidInput */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number | undefined => {
  const header = requestOf(context).headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const revision = /^"(\d{1,15})"$/.exec(header)?.[1];
  if (!revision)
    throw new InvalidInput([{ path: 'If-Match', message: 'one ETag as this service gave it, or *' }]);
  return Number(revision);
});
