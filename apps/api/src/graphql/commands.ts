import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Command } from '@nestjs/cqrs';
import {
  deterministicId,
  formatPosition,
  isRejected,
  newId,
  parsePosition,
} from '@flowledger/event-sourcing';
import type { CommandContext, LogPosition } from '@flowledger/event-sourcing';
import type { FastifyRequest } from 'fastify';
import { commandContextOf } from '../http/command-context';
import { InvalidInput } from '../http/http-errors';
import { IdempotentRequests, requestHash } from '../http/idempotent-requests';
import { problemOf, RepeatedRefusal } from '../http/problem';
import type { Problem } from '../http/problem';
import { statusOfRejection } from '../http/rejection-statuses';
import type { Answer } from '../http/request-receipt.decider';
import { ReadModelPosition } from '../ports';

const longestWait = 1_000;

export interface Order {
  /** Of the mutation: one key is good for one mutation with one input. */
  readonly name: string;
  readonly input: unknown;
  readonly idempotencyKey?: string | null;
}

/** Carries out the commands of mutations: idempotent as REST is, and answered from read models that show the write. */
@Injectable()
export class Commands {
  constructor(
    private readonly commands: CommandBus,
    private readonly requests: IdempotentRequests,
    private readonly readModels: ReadModelPosition,
  ) {}

  /** What the command answered; after a repeat, what it answered the first time. @throws RepeatedRefusal */
  async carryOut<Result extends { readonly position: LogPosition }>(
    request: FastifyRequest,
    { name, input, idempotencyKey }: Order,
    commandFor: (context: CommandContext) => Command<Result>,
  ): Promise<Result> {
    const context = contextOf(request, idempotencyKey);
    if (!idempotencyKey) return this.commands.execute(commandFor(context));
    const hash = requestHash('GRAPHQL', name, JSON.stringify(input));
    let refusal: { readonly cause: Error } | undefined;
    const answer = await this.requests.run(context, idempotencyKey, hash, async () => {
      try {
        return kept(await this.commands.execute(commandFor(context)));
      } catch (error) {
        refusal = { cause: error instanceof Error ? error : new Error(String(error)) };
        return keptRefusal(problemOf(error));
      }
    });
    if (refusal) throw refusal.cause;
    return restored<Result>(answer!);
  }

  /** The same without keeping the answer, which holds a secret: a repeat is refused by the domain. */
  async carryOutSecret<Result>(
    request: FastifyRequest,
    idempotencyKey: string | null | undefined,
    commandFor: (context: CommandContext) => Command<Result>,
  ): Promise<Result> {
    return this.commands.execute(commandFor(contextOf(request, idempotencyKey)));
  }

  /** The resource as the read models show it once they have passed the write; null as the payload's text says. */
  async shown<Resource>(position: LogPosition, read: () => Promise<Resource>): Promise<Resource | null> {
    if (!(await this.readModels.reached(position, longestWait))) return null;
    try {
      return await read();
    } catch (error) {
      if (isRejected(error) && statusOfRejection(error) === 404) return null;
      throw error;
    }
  }

  /** The place of a deletion, once it shows. */
  async gone(position: LogPosition): Promise<string> {
    await this.readModels.reached(position, longestWait);
    return formatPosition(position);
  }
}

/** Every mutation of a request is a command of its own. @throws InvalidInput */
function contextOf(request: FastifyRequest, idempotencyKey: string | null | undefined): CommandContext {
  const context = commandContextOf(request);
  if (idempotencyKey === undefined || idempotencyKey === null) return { ...context, commandId: newId() };
  if (!/^[\x21-\x7e]{1,128}$/.test(idempotencyKey)) {
    throw new InvalidInput([{ path: 'idempotencyKey', message: '1 to 128 visible ASCII characters' }]);
  }
  return { ...context, commandId: deterministicId(`request/${context.accountId}/${idempotencyKey}`) };
}

const kept = <Result extends { readonly position: LogPosition }>(result: Result): Answer => ({
  status: 200,
  headers: {},
  body: JSON.stringify({ ...result, position: formatPosition(result.position) }),
});

/** Overload and our own faults are not kept: the request may be tried again. */
const keptRefusal = (problem: Problem): Answer | undefined =>
  problem.status >= 500 || problem.status === 429
    ? undefined
    : { status: problem.status, headers: {}, body: JSON.stringify(problem) };

function restored<Result extends { readonly position: LogPosition }>({ status, body }: Answer): Result {
  if (status >= 400) throw new RepeatedRefusal(JSON.parse(body) as Problem);
  const result = JSON.parse(body) as Omit<Result, 'position'> & { position: string };
  return { ...result, position: parsePosition(result.position) } as unknown as Result;
}
