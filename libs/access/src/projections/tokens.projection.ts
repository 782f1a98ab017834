import type { Projection, ReadModel, Recorded } from '@flowledger/event-sourcing';
import type { AccessEvent, Role } from '../domain/access.events';

/** Revoked ones stay: the log names actors by token id, and a reader of the audit trail wants the name. */
export interface TokenDocument {
  readonly tokenId: string;
  readonly accountId: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly revokedAt: string | null;
}

export const tokens: ReadModel<TokenDocument> = {
  name: 'tokens',
  version: 1,
  fields: ['tokenId', 'createdAt', 'revokedAt'],
};

export const tokensProjection: Projection<TokenDocument, AccessEvent> = {
  readModel: tokens,
  streamPrefixes: ['access-'],
  documentIds: ({ data }) => data.tokenId,
  evolve(token, event: Recorded<AccessEvent>) {
    switch (event.type) {
      case 'TokenCreated': {
        const { tokenId, role, text } = event.data;
        const { accountId, actor } = event.metadata;
        const life = { createdAt: event.recordedAt, createdBy: actor, revokedAt: null };
        return { tokenId, accountId, ...text, role, ...life };
      }
      case 'TokenRevoked':
        return token && { ...token, revokedAt: event.recordedAt };
      default:
        return token;
    }
  },
};
