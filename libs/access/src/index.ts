import type { AnyProjection } from '@flowledger/event-sourcing';
import { tokensProjection } from './projections/tokens.projection';

export * from './domain/access.errors';
export * from './domain/access.events';
export { accessDecider, tokenQuota } from './domain/access.decider';
export { CreateToken } from './commands/create-token';
export type { CreatedToken } from './commands/create-token';
export { RevokeToken } from './commands/revoke-token';
export { ListTokens } from './queries/list-tokens';
export { tokens } from './projections/tokens.projection';
export type { TokenDocument } from './projections/tokens.projection';
export * from './token-verifier';
export * from './access.module';

export const accessProjections: AnyProjection[] = [tokensProjection];
