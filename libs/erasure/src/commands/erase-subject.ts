import { AggregateStore } from '@flowledger/event-sourcing';
import type { CommandContext, LogPosition } from '@flowledger/event-sourcing';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { erasureDecider } from '../domain/erasure.decider';
import { erasureStream } from '../domain/erasure.events';
import { KeyStore } from '../key-store';

export interface SubjectErasedAnswer {
  readonly subject: string;
  /** Keys destroyed by this command; 0 when it had been erased before. */
  readonly keys: number;
  readonly position: LogPosition;
}

/**
 * Destroys the keys of a subject. The event comes first: a crash between the two is made good at the next start.
 * @throws ErasureRejected SubjectNotFound
 */
export class EraseSubject extends Command<SubjectErasedAnswer> {
  constructor(
    readonly context: CommandContext,
    readonly input: { readonly subject: string },
  ) {
    super();
  }
}

@CommandHandler(EraseSubject)
export class EraseSubjectHandler implements ICommandHandler<EraseSubject> {
  constructor(
    private readonly aggregates: AggregateStore,
    private readonly keys: KeyStore,
  ) {}

  async execute({ context, input: { subject } }: EraseSubject): Promise<SubjectErasedAnswer> {
    const { accountId } = context;
    const keyIds = await this.keys.keysOf({ accountId, name: subject });
    const order = { type: 'EraseSubject' as const, accountId, subject, keyIds };
    const { events, position } = await this.aggregates.handle(erasureStream, erasureDecider, order, context);
    const erased = events.flatMap(({ data }) => data.keyIds);
    await this.keys.destroy(erased);
    this.aggregates.forgetStates();
    return { subject, keys: erased.length, position: position! };
  }
}
