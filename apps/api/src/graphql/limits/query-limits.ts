import { Location } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { InvalidQuery, QueryTooDeep, QueryTooExpensive } from '../errors';
import { weightOf } from './query-weight';
import type { Variables } from './query-weight';

export const deepest = 10;
export const mostCost = 5_000;
/** Characters. Validation takes more than linear time, so what it gets is bounded first. */
export const longestQuery = 32_768;

/**
 * Mercurius would take a parsed document in the place of a text; this door takes texts only.
 * @throws InvalidQuery
 */
export function assertShort({ loc }: DocumentNode): void {
  if (!(loc instanceof Location)) throw new InvalidQuery('Send the query as GraphQL text');
  if (loc.source.body.length > longestQuery) {
    throw new InvalidQuery(`A query has at most ${longestQuery} characters; use variables for data`);
  }
}

/** @throws QueryTooDeep, QueryTooExpensive */
export function assertBearable(schema: GraphQLSchema, document: DocumentNode, variables: Variables): void {
  const { depth, cost } = weightOf(schema, document, variables);
  if (depth > deepest) throw new QueryTooDeep(depth, deepest);
  if (cost > mostCost) throw new QueryTooExpensive(cost, mostCost);
}
