import { Injectable, SetMetadata } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom } from 'rxjs';
import type { Observable } from 'rxjs';
import { commandContextOf, idempotencyKeyOf } from './command-context';
import { IdempotentRequests, requestHash } from './idempotent-requests';
import { problemOf, RepeatedRefusal } from './problem';
import type { Problem } from './problem';
import type { Answer } from './request-receipt.decider';
import { positionHeader } from './written';

const key = 'flowledger:own-idempotency';
/** The route looks after its Idempotency-Key itself, or its answer must not be kept (secrets). */
export const OwnIdempotency = () => SetMetadata(key, true);

const keptHeaders = [positionHeader, 'ETag', 'Location'];

/** Gives REST writes that carry an Idempotency-Key their first answer again, refusals included. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly requests: IdempotentRequests,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType<'http' | 'graphql'>() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const isWrite = request.method !== 'GET' && request.method !== 'HEAD';
    const ownWay = this.reflector.getAllAndOverride<boolean | undefined>(key, [
      context.getHandler(),
      context.getClass(),
    ]);
    const clientKey = isWrite && !ownWay ? idempotencyKeyOf(request) : undefined;
    if (!clientKey) return next.handle();
    return from(this.once(request, context.switchToHttp().getResponse<FastifyReply>(), clientKey, next));
  }

  private async once(
    request: FastifyRequest,
    reply: FastifyReply,
    clientKey: string,
    next: CallHandler,
  ): Promise<unknown> {
    const hash = requestHash(request.method, request.url, JSON.stringify(request.body ?? null));
    let refusal: Error | undefined;
    let carriedOut: { readonly body: unknown } | undefined;
    const answer = await this.requests.run(commandContextOf(request), clientKey, hash, async () => {
      try {
        carriedOut = { body: await lastValueFrom(next.handle(), { defaultValue: undefined }) };
        return answerOf(reply, carriedOut.body);
      } catch (error) {
        refusal = error instanceof Error ? error : new Error(String(error));
        const problem = problemOf(error);
        if (problem.status >= 500 || problem.status === 429) return undefined;
        return { status: problem.status, headers: {}, body: JSON.stringify(problem) };
      }
    });
    if (refusal) throw refusal;
    return carriedOut ? carriedOut.body : repeated(reply, answer!);
  }
}

function answerOf(reply: FastifyReply, body: unknown): Answer {
  const headers = keptHeaders.flatMap((name) => {
    const value = reply.getHeader(name);
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return {
    status: reply.statusCode,
    headers: Object.fromEntries(headers),
    body: body === undefined ? '' : JSON.stringify(body),
  };
}

/** The first answer again: sets status and headers and gives the body. @throws RepeatedRefusal */
export function repeated(reply: FastifyReply, { status, headers, body }: Answer): unknown {
  if (status >= 400) throw new RepeatedRefusal(JSON.parse(body) as Problem);
  void reply.status(status).headers(headers);
  return body === '' ? undefined : JSON.parse(body);
}
