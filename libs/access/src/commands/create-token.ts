import { AggregateStore } from '@flowledger/event-sourcing';
import type { CommandContext, LogPosition } from '@flowledger/event-sourcing';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { accessDecider } from '../domain/access.decider';
import { AccessRejected } from '../domain/access.errors';
import { accessStream } from '../domain/access.events';
import type { Role } from '../domain/access.events';
import { formatToken, hashSecret, newSecret, tokenIdFor } from '../domain/token.values';

export interface CreatedToken {
  readonly position: LogPosition;
  readonly tokenId: string;
  /** The text to sign in with, shown here and never again. Keep it out of logs. */
  readonly token: string;
}

/** @throws AccessRejected */
export class CreateToken extends Command<CreatedToken> {
  constructor(
    readonly context: CommandContext,
    readonly input: { readonly name: string; readonly role: Role },
  ) {
    super();
  }
}

@CommandHandler(CreateToken)
export class CreateTokenHandler implements ICommandHandler<CreateToken> {
  constructor(private readonly aggregates: AggregateStore) {}

  async execute({ context, input }: CreateToken) {
    const tokenId = tokenIdFor(context.commandId);
    const secret = newSecret();
    const secretHash = hashSecret(secret);
    const { events, position } = await this.aggregates.handle(
      accessStream(context.accountId),
      accessDecider,
      { ...input, type: 'CreateToken', tokenId, secretHash },
      context,
    );
    const isOurs = events.some(
      ({ type, data }) => type === 'TokenCreated' && 'secretHash' in data && data.secretHash === secretHash,
    );
    if (!isOurs) {
      throw new AccessRejected(
        'TokenSecretAlreadyShown',
        `Token ${tokenId} was created by this request before; revoke it and create another if its secret is lost`,
      );
    }
    return { position: position!, tokenId, token: formatToken({ tokenId, secret }) };
  }
}
