import { UseGuards } from '@nestjs/common';
import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import { CreateToken, RevokeToken, tokens } from '@flowledger/access';
import type { Role } from '@flowledger/access';
import { formatPosition, ReadModelStore } from '@flowledger/event-sourcing';
import type { FastifyRequest } from 'fastify';
import { AuthenticationGuard } from '../../http/authentication.guard';
import { RequiresRole } from '../../http/principal';
import { Commands } from '../commands';
import { CommandArgs } from '../inputs/command.args';
import type { CommandOptions } from '../inputs/command.args';
import { RoleEnum } from '../schema/enums';
import { CreateTokenPayload, RevokeTokenPayload } from '../schema/payloads';
import { accountOf, Asking } from './asking';

@Resolver()
@UseGuards(AuthenticationGuard)
@RequiresRole('administrator')
export class TokenMutationsResolver {
  constructor(
    private readonly commands: Commands,
    private readonly readModels: ReadModelStore,
  ) {}

  @Mutation(() => CreateTokenPayload, {
    description:
      'The secret is shown once: the same idempotency key again is refused with TokenSecretAlreadyShown.',
  })
  async createToken(
    @Asking() request: FastifyRequest,
    @Args('name', { type: () => String }) name: string,
    @Args('role', { type: () => RoleEnum }) role: Role,
    @Args({ type: () => CommandArgs }) { idempotencyKey }: CommandOptions,
  ) {
    const created = await this.commands.carryOutSecret(
      request,
      idempotencyKey,
      (context) => new CreateToken(context, { name, role }),
    );
    const token = await this.commands.shown(created.position, () =>
      this.readModels.get(tokens, accountOf(request), created.tokenId),
    );
    return { token, secret: created.token, position: formatPosition(created.position) };
  }

  @Mutation(() => RevokeTokenPayload, { description: 'The token is refused from the moment this answers.' })
  async revokeToken(
    @Asking() request: FastifyRequest,
    @Args('id', { type: () => ID }) tokenId: string,
    @Args({ type: () => CommandArgs }) { idempotencyKey }: CommandOptions,
  ) {
    const order = { name: 'revokeToken', input: { tokenId }, idempotencyKey };
    const { position } = await this.commands.carryOut(
      request,
      order,
      (context) => new RevokeToken(context, { tokenId }),
    );
    return { tokenId, position: await this.commands.gone(position) };
  }
}
