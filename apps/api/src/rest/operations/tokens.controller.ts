import { Body, Delete, Get, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { CreateToken, ListTokens, RevokeToken } from '@flowledger/access';
import type { CommandContext } from '@flowledger/event-sourcing';
import type { FastifyReply } from 'fastify';
import { Relieves } from '../../back-pressure/back-pressure.interceptor';
import { CurrentCommandContext } from '../../http/command-context';
import { OwnIdempotency } from '../../http/idempotency.interceptor';
import { CurrentPrincipal, RequiresRole } from '../../http/principal';
import type { Principal } from '../../http/principal';
import { Written } from '../../http/written';
import { Reads, Resource, Writes } from '../members/routes';
import { CreateTokenBody, NewTokenResource, TokenResource, TokensQuery } from './token.members';

@Resource('tokens', 'Access')
@RequiresRole('administrator')
export class TokensController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly written: Written,
  ) {}

  /** The secret is kept nowhere, so a repeat under the same Idempotency-Key is refused rather than answered again. */
  @Post()
  @OwnIdempotency()
  @Writes('Create an API token; its secret is shown once', 201, NewTokenResource, 409)
  async create(
    @CurrentCommandContext() context: CommandContext,
    @Body() { name, role }: CreateTokenBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NewTokenResource> {
    const { position, tokenId, token } = await this.commands.execute(
      new CreateToken(context, { name, role }),
    );
    await this.written.shows(reply, position);
    return { tokenId, name, role, token };
  }

  @Get()
  @Reads('List API tokens, without secrets', { page: TokenResource }, 403)
  list(@CurrentPrincipal() { accountId }: Principal, @Query() query: TokensQuery) {
    return this.queries.execute(new ListTokens(accountId, query));
  }

  @Delete(':tokenId')
  @Relieves()
  @Writes('Revoke an API token: refused from now on', 204, undefined, 404)
  async revoke(
    @CurrentCommandContext() context: CommandContext,
    @Param('tokenId') tokenId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { position } = await this.commands.execute(new RevokeToken(context, { tokenId }));
    await this.written.gone(reply, position);
  }
}
