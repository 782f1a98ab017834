import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AggregateStore, deterministicId } from '@flowledger/event-sourcing';
import type { CommandContext } from '@flowledger/event-sourcing';
import { IdempotencyKeyReused } from './http-errors';
import { receiptDecider, receiptStream } from './request-receipt.decider';
import type { Answer, ReceiptCommand } from './request-receipt.decider';

/** Everything that makes a request what it is. */
export const requestHash = (method: string, path: string, body: string | Uint8Array): string =>
  createHash('sha256').update(`${method} ${path}\n`).update(body).digest('hex');

/**
 * The same key and request again gives the same answer; the same key with another request is refused. The request is
 * noted before it is carried out and its answer after, each in the log; after a crash between the two it is carried out
 * again under the same command id, which the aggregates recognise.
 */
@Injectable()
export class IdempotentRequests {
  private readonly running = new Map<string, Promise<unknown>>();

  constructor(private readonly aggregates: AggregateStore) {}

  /** `carryOut` gives the answer to keep, or undefined when the request may be tried again (overload, our own fault). */
  async run(
    context: CommandContext,
    key: string,
    hash: string,
    carryOut: () => Promise<Answer | undefined>,
  ): Promise<Answer | undefined> {
    const stream = receiptStream(context.accountId, key);
    // A repeat that comes while the first is under way waits for its answer.
    const before = this.running.get(stream) ?? Promise.resolve();
    const run = before.then(() => this.runAlone(stream, context, hash, carryOut));
    const settled = run.catch(() => undefined);
    this.running.set(stream, settled);
    try {
      return await run;
    } finally {
      if (this.running.get(stream) === settled) this.running.delete(stream);
    }
  }

  private async runAlone(
    stream: string,
    context: CommandContext,
    hash: string,
    carryOut: () => Promise<Answer | undefined>,
  ): Promise<Answer | undefined> {
    const handle = (command: ReceiptCommand) =>
      this.aggregates.handle(stream, receiptDecider, command, {
        ...context,
        commandId: deterministicId(`${stream}/${command.type}`),
      });
    const { state } = await handle({ type: 'AcceptRequest', hash });
    if (state.hash !== hash) throw new IdempotencyKeyReused();
    if (state.answer) return state.answer;
    const answer = await carryOut();
    if (!answer) return undefined;
    return (await handle({ type: 'AnswerRequest', answer })).state.answer ?? answer;
  }
}
