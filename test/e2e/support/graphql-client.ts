import { createClient } from 'graphql-ws';
import type { Client } from 'graphql-ws';
import WebSocket from 'ws';
import type { RestClient } from './rest-client';

export interface GraphqlAnswer {
  readonly status: number;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly string[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}

/** A member of the data by its path: `vpcs.nodes.0.name`. Fails with what the service said when there is no data. */
export function memberOf({ data, errors }: GraphqlAnswer, path: string): unknown {
  if (!data) throw new Error(JSON.stringify(errors));
  return path.split('.').reduce<unknown>((value, member) => (value as Record<string, unknown>)[member], data);
}

/** Asks over HTTP. `token: null` sends none. */
export async function ask(
  client: RestClient,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  sent: { readonly token?: string | null } = {},
): Promise<GraphqlAnswer> {
  const { status, body } = await client.post('/graphql', { query, variables }, sent);
  return { status, ...(body as unknown as Omit<GraphqlAnswer, 'status'>) };
}

/** Subscribes over a WebSocket of its own, with the token in `connection_init`. */
export const subscriber = (client: RestClient, token?: string): Client =>
  createClient({
    url: client['url'].replace(/^http/, 'ws') + '/graphql',
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: token ? { authorization: `Bearer ${token}` } : {},
  });
