import { ReadModelStore } from '@flowledger/event-sourcing';
import type { Page } from '@flowledger/event-sourcing';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { tokens } from '../projections/tokens.projection';
import type { TokenDocument } from '../projections/tokens.projection';

/** Live ones, or with `includeRevoked` all; by id, ascending. @throws MalformedCursor */
export class ListTokens extends Query<Page<TokenDocument>> {
  constructor(
    readonly accountId: string,
    readonly input: { readonly limit: number; readonly after?: string; readonly includeRevoked?: boolean },
  ) {
    super();
  }
}

@QueryHandler(ListTokens)
export class ListTokensHandler implements IQueryHandler<ListTokens> {
  constructor(private readonly readModels: ReadModelStore) {}

  execute({ accountId, input: { limit, after, includeRevoked } }: ListTokens) {
    const filter = includeRevoked ? undefined : { revokedAt: null };
    return this.readModels.find(tokens, accountId, { limit, after, filter });
  }
}
