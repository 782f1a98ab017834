import { AggregateStore } from '@flowledger/event-sourcing';
import type { CommandContext, LogPosition } from '@flowledger/event-sourcing';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { accessDecider } from '../domain/access.decider';
import { accessStream } from '../domain/access.events';

/** The token is refused from the moment this returns. @throws AccessRejected TokenNotFound */
export class RevokeToken extends Command<{ position: LogPosition }> {
  constructor(
    readonly context: CommandContext,
    readonly input: { readonly tokenId: string },
  ) {
    super();
  }
}

@CommandHandler(RevokeToken)
export class RevokeTokenHandler implements ICommandHandler<RevokeToken> {
  constructor(private readonly aggregates: AggregateStore) {}

  async execute({ context, input }: RevokeToken) {
    const { position } = await this.aggregates.handle(
      accessStream(context.accountId),
      accessDecider,
      { ...input, type: 'RevokeToken' },
      context,
    );
    return { position: position! };
  }
}
