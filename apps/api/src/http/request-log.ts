import type { FastifyReply, FastifyRequest } from 'fastify';
import { pathOf } from './request-checks';

/** A pino logger, or anything that takes facts and a message. */
export interface RequestLogger {
  info(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** One line a request. No query string, headers or bodies: they may hold secrets. */
export function logRequest(logger: RequestLogger, request: FastifyRequest, reply: FastifyReply): void {
  const facts = {
    method: request.method,
    path: pathOf(request.url),
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime),
    ...(request.principal && { actor: request.principal.tokenId }),
    correlationId: request.correlationId,
  };
  logger.info(facts, 'request');
}
