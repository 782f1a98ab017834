import { Injectable, SetMetadata } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom } from 'rxjs';
import type { Observable } from 'rxjs';
import { commandContextOf, idempotencyKeyOf } from './command-context';
import { IdempotentRequests, requestHash } from './idempotent-requests';
import { once } from './once';

const ownWayKey = 'flowledger:own-idempotency';
/** The route looks after its Idempotency-Key itself, or its answer must not be kept (secrets). */
export const OwnIdempotency = () => SetMetadata(ownWayKey, true);

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
    const ownWay = this.reflector.getAllAndOverride<boolean | undefined>(ownWayKey, [
      context.getHandler(),
      context.getClass(),
    ]);
    const key = isWrite && !ownWay ? idempotencyKeyOf(request) : undefined;
    if (!key) return next.handle();
    const hash = requestHash(request.method, request.url, JSON.stringify(request.body ?? null));
    const keyed = { context: commandContextOf(request), key, hash };
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const work = () => lastValueFrom(next.handle() as Observable<unknown>, { defaultValue: undefined });
    return from(once(this.requests, keyed, reply, work));
  }
}
