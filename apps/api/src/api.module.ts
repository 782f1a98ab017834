import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { Admission } from './back-pressure/admission';
import { BackPressureInterceptor } from './back-pressure/back-pressure.interceptor';
import { GraphqlDoorModule } from './graphql/graphql-door.module';
import { AtLeastInterceptor } from './http/at-least.interceptor';
import { AuthenticationGuard } from './http/authentication.guard';
import { IdempotencyInterceptor } from './http/idempotency.interceptor';
import { IdempotentRequests } from './http/idempotent-requests';
import { InputPipe } from './http/input.pipe';
import { PositionTokens } from './http/position-tokens';
import { ProblemFilter } from './http/problem.filter';
import { RateLimits } from './http/rate-limits';
import { SignIn } from './http/sign-in';
import { Written } from './http/written';
import { FlowLogPresenter } from './presentation';
import { restControllers } from './rest/rest-controllers';

const shared = [Admission, FlowLogPresenter, IdempotentRequests, PositionTokens, RateLimits, SignIn, Written];

/**
 * The front doors. Needs from global modules: the kernel's EventStore, ReadModelStore, AggregateStore and Clock, a
 * TokenVerifier, the command and query handlers, and an adapter for every port of `ports.ts`.
 */
@Module({})
export class ApiModule {
  static forRoot(): DynamicModule {
    return {
      module: ApiModule,
      global: true,
      imports: [CqrsModule, GraphqlDoorModule],
      controllers: [...restControllers],
      providers: [
        ...shared,
        { provide: APP_GUARD, useClass: AuthenticationGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_INTERCEPTOR, useClass: AtLeastInterceptor },
        { provide: APP_INTERCEPTOR, useClass: BackPressureInterceptor },
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
        { provide: APP_PIPE, useClass: InputPipe },
      ],
      exports: shared,
    };
  }
}
