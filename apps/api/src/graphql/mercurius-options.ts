import { Injectable } from '@nestjs/common';
import type { GqlOptionsFactory } from '@nestjs/graphql';
import type { MercuriusDriverConfig } from '@nestjs/mercurius';
import { specifiedRules, validate } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { FastifyRequest } from 'fastify';
import { SignIn } from '../http/sign-in';
import { InvalidQuery } from './errors';
import { formatErrors, graphqlError } from './format-errors';
import { assertBearable, assertShort, longestQuery } from './limits/query-limits';
import type { Variables } from './limits/query-weight';
import { SubscriptionAccess } from './subscriptions/subscription-access';
import type { SocketConnection } from './subscriptions/subscription-access';

@Injectable()
export class MercuriusOptions implements GqlOptionsFactory<MercuriusDriverConfig> {
  constructor(
    private readonly signIn: SignIn,
    private readonly access: SubscriptionAccess,
  ) {}

  createGqlOptions(): Omit<MercuriusDriverConfig, 'driver'> {
    const { access, signIn } = this;
    return {
      autoSchemaFile: true,
      sortSchema: true,
      path: '/graphql',
      graphiql: false,
      allowBatchedQueries: false,
      graphql: { parseOptions: { maxTokens: longestQuery / 4 } },
      context: () => ({}),
      errorFormatter: formatErrors,
      // Strangers are refused before their query is parsed.
      additionalRouteOptions: {
        preValidation: async (request: FastifyRequest) => {
          if ('ws' in request && request.ws === true) await access.upgrade(request);
          else await signIn.principalOf(request);
        },
      },
      hooks: {
        preValidation: async (_schema, document) => assertShort(document),
        preExecution: async (schema, document, _context, variables) => {
          assertBearable(schema, document, variables as Variables);
          return {};
        },
        preSubscriptionExecution: async (schema, document) => assertSubscription(schema, document),
      },
      subscription: {
        keepAlive: 15_000,
        onConnect: function (this: SocketConnection, { payload }: { payload?: unknown }) {
          return access.connect(this, payload);
        } as (data: { type: 'connection_init'; payload: unknown }) => Promise<boolean>,
      },
    };
  }
}

/** Mercurius validates queries and mutations only. */
function assertSubscription(schema: GraphQLSchema, document: DocumentNode): void {
  try {
    assertShort(document);
    const [fault] = validate(schema, document, specifiedRules, { maxErrors: 1 });
    if (fault) throw new InvalidQuery(fault.message);
    assertBearable(schema, document, undefined);
  } catch (error) {
    throw graphqlError(error);
  }
}
