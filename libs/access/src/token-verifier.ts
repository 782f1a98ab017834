import { AggregateStore, everyAccount, ReadModelStore } from '@flowledger/event-sourcing';
import { Injectable } from '@nestjs/common';
import { accessDecider } from './domain/access.decider';
import { accessStream } from './domain/access.events';
import type { Role } from './domain/access.events';
import { hashSecret, isSameHash, longestTokenText, parseToken } from './domain/token.values';
import { tokens } from './projections/tokens.projection';

export interface TokenHolder {
  readonly accountId: string;
  /** The actor of the commands it sends; `root` for the token of the installation. */
  readonly tokenId: string;
  readonly role: Role;
}

/** The administrator's token that the configuration names; it is in no event and cannot be revoked. */
export class RootToken {
  private readonly hash: string;

  /** @throws RangeError when the text is empty, which everybody knows, or too long to be accepted. */
  constructor(
    token: string,
    readonly accountId: string,
  ) {
    if (token.length < 1 || token.length > longestTokenText) {
      throw new RangeError(`The root token has 1 to ${longestTokenText} characters`);
    }
    this.hash = hashSecret(token);
  }

  matches(text: string): boolean {
    return isSameHash(this.hash, hashSecret(text));
  }
}

/**
 * Who signs in. A token does not say its account, so the read model tells which account's stream to ask, and only that
 * stream decides: it is folded up to now (the cached state plus its tail), so a token is refused from the moment its
 * revocation is in the log, and a stale or rebuilt read model can lock out but never let in.
 */
@Injectable()
export class TokenVerifier {
  constructor(
    private readonly rootToken: RootToken,
    private readonly readModels: ReadModelStore,
    private readonly aggregates: AggregateStore,
  ) {}

  /** Undefined for anything that is not the exact text of a live token. */
  async verify(text: string): Promise<TokenHolder | undefined> {
    if (text.length > longestTokenText) return undefined;
    const { accountId } = this.rootToken;
    if (this.rootToken.matches(text)) return { accountId, tokenId: 'root', role: 'administrator' };
    const parts = parseToken(text);
    return parts && this.verifyIssued(parts.tokenId, hashSecret(parts.secret));
  }

  private async verifyIssued(tokenId: string, secretHash: string): Promise<TokenHolder | undefined> {
    const found = await this.readModels.find(tokens, everyAccount, { filter: { tokenId }, limit: 1 });
    const accountId = found.items[0]?.accountId;
    if (accountId === undefined) return undefined;
    const { state } = await this.aggregates.load(accessStream(accountId), accessDecider);
    const live = state.get(tokenId);
    if (!live || !isSameHash(live.secretHash, secretHash)) return undefined;
    return { accountId, tokenId, role: live.role };
  }
}
