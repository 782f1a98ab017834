import { Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessModule } from '@flowledger/access';
import { ApiModule } from '@flowledger/api';
import { CollectionScopeModule } from '@flowledger/collection-scope';
import { DeliveryModule } from '@flowledger/delivery';
import { ErasureModule } from '@flowledger/erasure';
import { FlowLogModule } from '@flowledger/flow-log';
import { LogServiceModule } from '@flowledger/log-service';
import { NetworkModule } from '@flowledger/network';
import type { Config } from './config';

/** What the domain libs and the doors find everywhere: stores, clock, and the ports that this application implements. */
@Module({})
class SharedModule {
  static with(providers: Provider[]): DynamicModule {
    const tokens = providers.map((provider) =>
      typeof provider === 'function' ? provider : provider.provide,
    );
    return { module: SharedModule, global: true, providers, exports: tokens };
  }
}

/** The commands and queries of every domain lib, and the doors where clients are served. */
@Module({})
export class ApplicationModule {
  static with(config: Config, shared: Provider[]): DynamicModule {
    const { rootToken, accountId, flowLogQuota, role } = config;
    const hasDoors = role === 'all' || role === 'api';
    return {
      module: ApplicationModule,
      imports: [
        SharedModule.with(shared),
        CqrsModule.forRoot(),
        NetworkModule,
        LogServiceModule,
        FlowLogModule.forRoot({ imports: [NetworkModule, LogServiceModule], quota: flowLogQuota }),
        DeliveryModule,
        CollectionScopeModule,
        ErasureModule,
        ...(hasDoors
          ? [{ ...AccessModule.forRoot({ rootToken, accountId }), global: true }, ApiModule.forRoot()]
          : []),
      ],
    };
  }
}
