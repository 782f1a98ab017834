import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { CreateTokenHandler } from './commands/create-token';
import { RevokeTokenHandler } from './commands/revoke-token';
import { ListTokensHandler } from './queries/list-tokens';
import { RootToken, TokenVerifier } from './token-verifier';

export interface AccessOptions {
  /** Text of the administrator's token; any, at most 512 characters. */
  readonly rootToken: string;
  /** The account it belongs to. */
  readonly accountId: string;
}

/** Needs the kernel's AggregateStore and ReadModelStore, which the app provides globally. */
@Module({})
export class AccessModule {
  static forRoot({ rootToken, accountId }: AccessOptions): DynamicModule {
    return {
      module: AccessModule,
      providers: [
        { provide: RootToken, useValue: new RootToken(rootToken, accountId) },
        TokenVerifier,
        CreateTokenHandler,
        RevokeTokenHandler,
        ListTokensHandler,
      ],
      exports: [TokenVerifier],
    };
  }
}
