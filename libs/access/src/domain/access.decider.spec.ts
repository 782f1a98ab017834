import { deciderSpec } from '@flowledger/event-sourcing/testing';
import { accessDecider, tokenQuota } from './access.decider';
import type { AccessEvent, TokenCreated } from './access.events';

const given = deciderSpec(accessDecider);
const tokenId = 'a'.repeat(20);
const secretHash = '0'.repeat(64);
const created: TokenCreated = {
  type: 'TokenCreated',
  data: { tokenId, role: 'reader', secretHash, text: { name: 'ci' } },
};
const revoked: AccessEvent = { type: 'TokenRevoked', data: { tokenId } };
const create = { type: 'CreateToken', tokenId, name: 'ci', role: 'reader', secretHash } as const;
const revoke = { type: 'RevokeToken', tokenId } as const;
const many = (count: number): TokenCreated[] =>
  Array.from({ length: count }, (_, i) => ({ ...created, data: { ...created.data, tokenId: `t${i}` } }));

describe('an account', () => {
  it('gets a token', () => given().when(create).then(created));

  it.each(['', 'n'.repeat(129)])('gives no token the name %j', (name) =>
    given()
      .when({ ...create, name })
      .thenRejects('InvalidTokenName'),
  );

  it('knows three roles', () =>
    given()
      .when({ ...create, role: 'owner' })
      .thenRejects('InvalidRole'));

  it('has 200 live tokens at most', () => {
    given(...many(tokenQuota))
      .when(create)
      .thenRejects('TokenQuotaExceeded');
    given(...many(tokenQuota), { type: 'TokenRevoked', data: { tokenId: 't0' } })
      .when(create)
      .then(created);
  });
});

describe('a token', () => {
  it('is revoked', () => given(created).when(revoke).then(revoked));
  it('is revoked once', () => given(created, revoked).when(revoke).thenRejects('TokenNotFound'));
  it('that does not exist is not revoked', () => given().when(revoke).thenRejects('TokenNotFound'));
});
