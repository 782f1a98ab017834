import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

const onlyInAnswers = (name: string) => (): never => {
  throw new GraphQLError(`${name} appears in answers only`);
};

const answersOnly = (name: string, description: string): GraphQLScalarType =>
  new GraphQLScalarType({
    name,
    description,
    serialize: (value) => value,
    parseValue: onlyInAnswers(name),
    parseLiteral: onlyInAnswers(name),
  });

export const DateTime = answersOnly(
  'DateTime',
  'ISO 8601 in UTC with milliseconds: `2026-01-31T12:00:00.000Z`.',
);

export const JsonObject = answersOnly(
  'JSONObject',
  'A JSON object whose members are not known to this schema: the fields of a log entry, the data of an event.',
);

const parseSeconds = (value: unknown): number => {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new GraphQLError('UnixSeconds are whole seconds since 1970, as a number');
};

export const UnixSeconds = new GraphQLScalarType({
  name: 'UnixSeconds',
  description: 'Whole seconds since 1970-01-01T00:00:00Z; not bounded by 2038 as an Int is.',
  serialize: (value) => value,
  parseValue: parseSeconds,
  parseLiteral: (node) => parseSeconds(node.kind === Kind.INT ? Number(node.value) : undefined),
});
