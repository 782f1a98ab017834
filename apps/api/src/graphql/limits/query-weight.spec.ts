import { buildSchema, parse } from 'graphql';
import { assertBearable, assertShort, deepest, longestQuery } from './query-limits';
import { weightOf } from './query-weight';
import type { Variables } from './query-weight';

const schema = buildSchema(`
  type Query { vpcs(first: Int = 20): Page!  vpc: Vpc! }
  type Mutation { deleteVpc: Vpc! }
  type Page { nodes: [Vpc!]! }
  type Vpc { name: String!  self: Vpc!  inside(first: Int = 20): Page! }
`);
const weight = (query: string, variables: Variables = {}) => weightOf(schema, parse(query), variables);
const nested = (depth: number): string =>
  `{ vpc ${'{ self '.repeat(depth - 2)}{ name }${'}'.repeat(depth - 2)} }`;

describe('the weight of a query', () => {
  it('is nothing for plain members', () => expect(weight('{ vpc { name } }')).toEqual({ depth: 2, cost: 1 }));
  it('multiplies a page by what one item costs', () =>
    expect(weight('{ vpcs(first: 30) { nodes { name self { name } } } }').cost).toBe(1 + 30 * 2));
  it('multiplies pages inside pages', () =>
    expect(weight('{ vpcs(first: 10) { nodes { inside(first: 5) { nodes { name } } } } }').cost).toBe(71));
  it('takes the default page when none is asked for', () =>
    expect(weight('{ vpcs { nodes { name } } }').cost).toBe(21));
  it('reads variables and their defaults', () => {
    const query = 'query ($n: Int = 7) { vpcs(first: $n) { nodes { name } } }';
    expect(weight(query, { n: 50 }).cost).toBe(51);
    expect(weight(query).cost).toBe(8);
  });
  it('assumes the largest page when variables are not known', () =>
    expect(
      weightOf(schema, parse('query ($n: Int) { vpcs(first: $n) { nodes { name } } }'), undefined).cost,
    ).toBe(1_001));
  it('counts every alias', () => expect(weight('{ a: vpc { name } b: vpc { name } }').cost).toBe(2));
  it('counts commands ten times', () =>
    expect(weight('mutation { a: deleteVpc { name } b: deleteVpc { name } }').cost).toBe(20));
  it('follows fragments and inline fragments', () =>
    expect(
      weight('{ vpc { ...a ... on Vpc { self { name } } } } fragment a on Vpc { self { self { name } } }'),
    ).toEqual({ depth: 4, cost: 4 }));
  it('weighs spreads of spreads in no time', () => {
    const doubling = Array.from(
      { length: 40 },
      (_, n) => `fragment f${n} on Vpc { ...f${n + 1} ...f${n + 1} }`,
    );
    const { cost } = weight(`{ vpc { ...f0 } } ${doubling.join(' ')} fragment f40 on Vpc { self { name } }`);
    expect(cost).toBeGreaterThan(1e12);
  });
});

describe('the limits of a query', () => {
  it('allow the deepest', () =>
    expect(() => assertBearable(schema, parse(nested(deepest)), {})).not.toThrow());
  it('refuse one field more', () =>
    expect(() => assertBearable(schema, parse(nested(deepest + 1)), {})).toThrow('11 fields deep'));
  it('refuse what costs too much', () =>
    expect(() =>
      assertBearable(
        schema,
        parse('{ vpcs(first: 100) { nodes { inside(first: 100) { nodes { name } } } } }'),
        {},
      ),
    ).toThrow('at most 5000'));
  it('refuse a document that is no text', () => {
    const { definitions, kind } = parse('{ vpc { name } }', { noLocation: true });
    expect(() => assertShort({ kind, definitions })).toThrow('GraphQL text');
  });
  it('refuse a long text', () =>
    expect(() => assertShort(parse(`{ vpc { name } } #${'x'.repeat(longestQuery)}`))).toThrow('at most'));
});
