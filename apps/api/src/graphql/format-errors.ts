import { Logger } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import type { MercuriusContext } from 'mercurius';
import { problemOf } from '../http/problem';
import type { Problem } from '../http/problem';
import { InvalidQuery } from './errors';

const logger = new Logger('graphql');

/**
 * Every error leaves with the `code` and `status` that REST gives it; what nobody foresaw is logged and masked.
 * A request that was not carried out has the status of its first error, one that was carried out has 200.
 */
export function formatErrors(
  execution: ExecutionResult,
  context: Partial<Pick<MercuriusContext, 'reply'>> | undefined,
): { statusCode: number; response: ExecutionResult } {
  const errors = (execution.errors ?? []).flatMap(causesOf).map(([error, cause]) => formatted(error, cause));
  const first = errors[0]?.extensions;
  const { reply } = context ?? {};
  if (first?.status === 401) reply?.header('WWW-Authenticate', 'Bearer');
  if (first?.retryAfter) reply?.header('Retry-After', first.retryAfter);
  return {
    statusCode: 'data' in execution ? 200 : Number(first?.status ?? 400),
    response: { data: execution.data ?? null, errors: errors as unknown as GraphQLError[] },
  };
}

/** An error outside the formatter's reach (a subscription's first answer), in the same form. */
export function graphqlError(cause: unknown): GraphQLError {
  const { message, extensions } = formatted(new GraphQLError(''), cause);
  return new GraphQLError(message, { extensions });
}

/** Mercurius hands over all faults of a document as one error. */
function causesOf(error: GraphQLError): [GraphQLError, unknown][] {
  const cause = rootOf(error);
  if (isMercurius(cause)) {
    const faults: readonly Error[] = cause.errors ?? [cause];
    return faults.map((fault) => {
      const shown = fault instanceof GraphQLError ? fault : new GraphQLError(fault.message);
      return [shown, cause.statusCode === 405 ? cause : new InvalidQuery(fault.message)];
    });
  }
  if (cause !== error) return [[error, cause]];
  const isClients = !error.path || error.message.startsWith('Argument "');
  return [[error, isClients ? new InvalidQuery(error.message) : error]];
}

function rootOf(error: GraphQLError): Error {
  let cause: Error = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}

interface MercuriusError extends Error {
  readonly statusCode: number;
  readonly errors?: readonly Error[];
}

const isMercurius = (error: Error): error is MercuriusError =>
  'code' in error && typeof error.code === 'string' && error.code.startsWith('MER_ERR_');

function formatted({ locations, path }: GraphQLError, cause: unknown): GraphQLFormattedError {
  const problem = problemOf(cause);
  if (problem.status >= 500) {
    logger.error(cause instanceof Error ? (cause.stack ?? cause.message) : cause);
  }
  return {
    message: problem.detail,
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: extensionsOf(problem),
  };
}

function extensionsOf({ type: _, title: __, detail: ___, ...facts }: Problem): Record<string, unknown> {
  return facts;
}
