import type { CommandContext } from '@flowledger/event-sourcing';
import type { FastifyReply } from 'fastify';
import type { IdempotentRequests } from './idempotent-requests';
import { problemOf, RepeatedRefusal } from './problem';
import type { Problem } from './problem';
import type { Answer } from './request-receipt.decider';
import { positionHeader } from './written';

const keptHeaders = [positionHeader, 'ETag', 'Location'];

export interface KeyedRequest {
  readonly context: CommandContext;
  /** The client's Idempotency-Key. */
  readonly key: string;
  /** {@link requestHash} of the request. */
  readonly hash: string;
}

/**
 * Carries a request out once and gives its first answer from then on, refusals included. Overload and faults of our own
 * are not kept: such a request may be tried again.
 * @throws what `work` throws @throws RepeatedRefusal @throws IdempotencyKeyReused
 */
export async function once(
  requests: IdempotentRequests,
  { context, key, hash }: KeyedRequest,
  reply: FastifyReply,
  work: () => Promise<unknown>,
): Promise<unknown> {
  let refusal: Error | undefined;
  let carriedOut: { readonly body: unknown } | undefined;
  const answer = await requests.run(context, key, hash, async () => {
    try {
      carriedOut = { body: await work() };
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

/** The first answer again: sets status and headers and gives the body. */
function repeated(reply: FastifyReply, { status, headers, body }: Answer): unknown {
  if (status >= 400) throw new RepeatedRefusal(JSON.parse(body) as Problem);
  void reply.status(status).headers(headers);
  return body === '' ? undefined : JSON.parse(body);
}
