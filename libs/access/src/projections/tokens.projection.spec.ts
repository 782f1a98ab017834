import { projectionSpec } from '@flowledger/event-sourcing/testing';
import type { AccessEvent } from '../domain/access.events';
import { tokensProjection } from './tokens.projection';

const at = '2026-03-01T00:00:00.000Z';
const given = projectionSpec(tokensProjection, { stream: 'access-7', at, accountId: '7' });
const tokenId = 'a'.repeat(20);
const created: AccessEvent = {
  type: 'TokenCreated',
  data: { tokenId, role: 'reader', secretHash: '0'.repeat(64), text: { name: 'ci' } },
};
const token = {
  tokenId,
  accountId: '7',
  name: 'ci',
  role: 'reader',
  createdAt: at,
  createdBy: 'token-1',
} as const;

describe('the tokens', () => {
  it('show who has one, and never its hash', () =>
    given(created).then(tokenId, { ...token, revokedAt: null }));

  it('remember the revoked', () =>
    given(created, { type: 'TokenRevoked', data: { tokenId } }).then(tokenId, { ...token, revokedAt: at }));
});
