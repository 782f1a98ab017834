import { Module } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { MercuriusDriver } from '@nestjs/mercurius';
import type { MercuriusDriverConfig } from '@nestjs/mercurius';
import { Commands } from './commands';
import { EditorController } from './editor/editor.controller';
import { MercuriusOptions } from './mercurius-options';
import { FlowLogScopeResolver, InterfaceCollectionResolver } from './resolvers/collection.resolver';
import { FlowLogChangedResolver } from './resolvers/flow-log-changed.resolver';
import { FlowLogMutationsResolver } from './resolvers/flow-log.mutations.resolver';
import { FlowLogQueriesResolver } from './resolvers/flow-log.queries.resolver';
import { LogServiceMutationsResolver } from './resolvers/log-service.mutations.resolver';
import { LogServiceQueriesResolver } from './resolvers/log-service.queries.resolver';
import { NetworkInterfaceMutationsResolver } from './resolvers/network-interface.mutations.resolver';
import { NetworkMutationsResolver } from './resolvers/network.mutations.resolver';
import { NetworkQueriesResolver } from './resolvers/network.queries.resolver';
import { TokenMutationsResolver } from './resolvers/token.mutations.resolver';
import { SubscriptionAccess } from './subscriptions/subscription-access';

@Module({
  providers: [SubscriptionAccess, MercuriusOptions],
  exports: [SubscriptionAccess, MercuriusOptions],
})
class GraphqlOptionsModule {}

/**
 * The GraphQL door: the same commands and queries as REST at /graphql, and a page to try it at /graphiql. Needs what the
 * ApiModule provides and, from a global module, an adapter of `Changes`.
 */
@Module({
  imports: [
    GraphqlOptionsModule,
    GraphQLModule.forRootAsync<MercuriusDriverConfig>({
      driver: MercuriusDriver,
      imports: [GraphqlOptionsModule],
      useExisting: MercuriusOptions,
    }),
  ],
  controllers: [EditorController],
  providers: [
    Commands,
    NetworkQueriesResolver,
    NetworkMutationsResolver,
    NetworkInterfaceMutationsResolver,
    InterfaceCollectionResolver,
    LogServiceQueriesResolver,
    LogServiceMutationsResolver,
    FlowLogQueriesResolver,
    FlowLogScopeResolver,
    FlowLogMutationsResolver,
    FlowLogChangedResolver,
    TokenMutationsResolver,
  ],
})
export class GraphqlDoorModule {}
