import { Injectable, SetMetadata } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import { OperationTypeNode } from 'graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { FastifyRequest } from 'fastify';
import { finalize } from 'rxjs';
import type { Observable } from 'rxjs';
import { Admission } from './admission';
import type { CommandLoad } from './admission';

const loadKey = 'flowledger:load';
/** Brings entries into the spool: refused when that is full, as nothing else is. */
export const FillsSpool = () => SetMetadata(loadKey, 'spool' satisfies CommandLoad);
/** Needed most when there is too much of something: revoking, stopping, backing up. */
export const Relieves = () => SetMetadata(loadKey, 'relief' satisfies CommandLoad);

/** Stands before every REST write and every mutation. Queries pass it untouched. */
@Injectable()
export class BackPressureInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly admission: Admission,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (!isCommand(context)) return next.handle();
    const load = this.reflector.getAllAndOverride<CommandLoad | undefined>(loadKey, [
      context.getHandler(),
      context.getClass(),
    ]);
    const end = this.admission.admit(load ?? 'log');
    return next.handle().pipe(finalize(end));
  }
}

function isCommand(context: ExecutionContext): boolean {
  if (context.getType<'http' | 'graphql'>() === 'graphql') {
    const { operation } = GqlExecutionContext.create(context).getInfo<GraphQLResolveInfo>();
    return operation.operation === OperationTypeNode.MUTATION;
  }
  const { method } = context.switchToHttp().getRequest<FastifyRequest>();
  return method !== 'GET' && method !== 'HEAD';
}
