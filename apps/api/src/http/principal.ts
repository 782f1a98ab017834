import { createParamDecorator, SetMetadata } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { Role } from '@flowledger/access';
import type { CommandContext } from '@flowledger/event-sourcing';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Who is asking: one account, one token, one role. */
export interface Principal {
  readonly accountId: string;
  readonly tokenId: string;
  readonly role: Role;
}

declare module 'fastify' {
  interface FastifyRequest {
    principal?: Principal;
    commandContext?: CommandContext;
    /** Of the request and everything it causes; sent back as `Flowledger-Correlation-Id`. */
    correlationId?: string;
  }
}

const roleKey = 'flowledger:role';
/** The least role that may pass; without it a reader may. */
export const RequiresRole = (role: Role) => SetMetadata(roleKey, role);
/** No token needed. */
export const Public = () => SetMetadata(roleKey, 'nobody');
export const requiredRoleKey = roleKey;

/** The HTTP request behind a REST route or a GraphQL resolver. */
export function requestOf(context: ExecutionContext): FastifyRequest {
  if (context.getType<'http' | 'graphql'>() === 'http')
    return context.switchToHttp().getRequest<FastifyRequest>();
  return GqlExecutionContext.create(context).getContext<{ reply: FastifyReply }>().reply.request;
}

export const CurrentPrincipal = createParamDecorator(
  (_: unknown, context: ExecutionContext): Principal => requestOf(context).principal!,
);
