import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { requestOf } from '../../http/principal';

/** The HTTP request that asks, signed in. */
export const Asking = createParamDecorator((_: unknown, context: ExecutionContext): FastifyRequest =>
  requestOf(context),
);

export const accountOf = ({ principal }: FastifyRequest): string => principal!.accountId;
