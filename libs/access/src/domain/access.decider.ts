import type { Decider } from '@flowledger/event-sourcing';
import { AccessRejected } from './access.errors';
import type { AccessEvent, Role } from './access.events';

export type AccessCommand =
  | {
      readonly type: 'CreateToken';
      readonly tokenId: string;
      readonly name: string;
      readonly role: string;
      readonly secretHash: string;
    }
  | { readonly type: 'RevokeToken'; readonly tokenId: string };

/** The live tokens of an account by id, folded in place. */
export type Access = Map<string, { readonly role: Role; readonly secretHash: string }>;

const roles: readonly string[] = ['reader', 'operator', 'administrator'] satisfies Role[];
const isRole = (word: string): word is Role => roles.includes(word);

/** Live ones, an account. */
export const tokenQuota = 200;

export const accessDecider: Decider<Access, AccessCommand, AccessEvent> = {
  initialState: () => new Map(),

  decide(command, tokens) {
    switch (command.type) {
      case 'CreateToken': {
        const { tokenId, name, role, secretHash } = command;
        if (name.length < 1 || name.length > 128) {
          throw new AccessRejected('InvalidTokenName', 'A name has 1 to 128 characters');
        }
        if (!isRole(role)) throw new AccessRejected('InvalidRole', `A role is one of ${roles.join(', ')}`);
        if (tokens.size >= tokenQuota) {
          throw new AccessRejected('TokenQuotaExceeded', `Revoke one of the ${tokenQuota} tokens first`);
        }
        return [{ type: 'TokenCreated', data: { tokenId, role, secretHash, text: { name } } }];
      }
      case 'RevokeToken': {
        const { tokenId } = command;
        if (!tokens.has(tokenId)) {
          throw new AccessRejected('TokenNotFound', `There is no token ${tokenId.slice(0, 64)}`);
        }
        return [{ type: 'TokenRevoked', data: { tokenId } }];
      }
    }
  },

  evolve(tokens, event) {
    switch (event.type) {
      case 'TokenCreated':
        return tokens.set(event.data.tokenId, { role: event.data.role, secretHash: event.data.secretHash });
      case 'TokenRevoked':
        tokens.delete(event.data.tokenId);
        return tokens;
    }
  },
};
