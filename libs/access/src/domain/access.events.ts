import type { Event } from '@flowledger/event-sourcing';

/** Stream `access-<accountId>`: the API tokens of an account. */
export const accessStream = (accountId: string): string => `access-${accountId}`;

export type Role = 'reader' | 'operator' | 'administrator';

/** `secretHash` is the SHA-256 of the secret in hex; the secret itself is shown once and kept nowhere. */
export type TokenCreated = Event<
  'TokenCreated',
  { tokenId: string; role: Role; secretHash: string; text: { name: string } }
>;
export type TokenRevoked = Event<'TokenRevoked', { tokenId: string }>;

export type AccessEvent = TokenCreated | TokenRevoked;
