import { NumberInQuery, Text } from './members';

/** `?limit=&after=` of every list. */
export class PageQuery {
  @NumberInQuery(1, 100, { description: 'Items on a page' })
  limit: number = 20;

  @Text({ optional: true, longest: 4_096, description: '`nextCursor` of the page before' })
  after?: string;
}

/** Splits a list's query into its page and its filters, with the filters that were not given left out. */
export function pageAndFilter<Q extends PageQuery>({ limit, after, ...filter }: Q) {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  return { limit, after, filter: Object.fromEntries(given) as Omit<Q, keyof PageQuery> };
}
