import ts from 'typescript';

/** The part of JSON Schema that types of events need; the same words in draft 7 and in 2020-12. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema;
}

/** A type that JSON cannot hold, or that this does not describe. */
export class NotDescribable extends Error {
  constructor(
    readonly path: string,
    readonly type: string,
  ) {
    super(`${path} has the type ${type}, which is no plain JSON: events hold plain JSON only`);
    this.name = 'NotDescribable';
  }
}

/** The schema of a type's values. Objects are open: readers pass over members that they do not know. */
export class SchemaWriter {
  constructor(private readonly checker: ts.TypeChecker) {}

  schemaOf(type: ts.Type, path: string, seen: readonly ts.Type[] = []): JsonSchema {
    if (seen.includes(type)) throw new NotDescribable(path, 'a type within itself');
    if (type.flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Any)) return {};
    if (type.flags & ts.TypeFlags.Null) return { type: 'null' };
    if (type.isUnion()) return this.unionOf(type, path, seen);
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if (type.flags & ts.TypeFlags.BooleanLiteral)
      return { const: this.checker.typeToString(type) === 'true' };
    if (type.flags & ts.TypeFlags.StringLike) return { type: 'string' };
    if (type.flags & ts.TypeFlags.NumberLike) return { type: 'number' };
    if (type.flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
    if (this.checker.isArrayType(type)) {
      const [item] = this.checker.getTypeArguments(type as ts.TypeReference);
      return { type: 'array', items: this.schemaOf(item!, `${path}[]`, [...seen, type]) };
    }
    if (
      type.getCallSignatures().length === 0 &&
      type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)
    ) {
      return this.objectOf(type, path, [...seen, type]);
    }
    throw new NotDescribable(path, this.checker.typeToString(type));
  }

  private objectOf(type: ts.Type, path: string, seen: readonly ts.Type[]): JsonSchema {
    const index = this.checker.getIndexTypeOfType(type, ts.IndexKind.String);
    const properties = this.checker.getPropertiesOfType(type);
    const described = properties.map((property): [string, JsonSchema] => {
      const schema = this.schemaOf(this.checker.getTypeOfSymbol(property), `${path}.${property.name}`, seen);
      const description = documentation(this.checker, property);
      return [property.name, { ...(description && { description }), ...schema }];
    });
    const required = properties
      .filter(({ flags }) => !(flags & ts.SymbolFlags.Optional))
      .map(({ name }) => name);
    return {
      type: 'object',
      ...(described.length > 0 && { properties: Object.fromEntries(described) }),
      ...(required.length > 0 && { required }),
      ...(index && { additionalProperties: this.schemaOf(index, `${path}[]`, seen) }),
    };
  }

  /** Sorted: the compiler's own order depends on what it has read before. */
  private unionOf(union: ts.UnionType, path: string, seen: readonly ts.Type[]): JsonSchema {
    const types = union.types.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined));
    const booleans = types.filter(({ flags }) => flags & ts.TypeFlags.BooleanLiteral);
    const others = booleans.length === 2 ? types.filter((type) => !booleans.includes(type)) : types;
    const schemas = others.map((type) => this.schemaOf(type, path, seen));
    if (booleans.length === 2) schemas.push({ type: 'boolean' });
    const values = schemas.filter((schema) => 'const' in schema).map((schema) => schema.const);
    const rest = schemas.filter((schema) => !('const' in schema));
    if (values.length > 1) rest.push({ enum: values.sort(byValue) });
    else if (values.length === 1) rest.push({ const: values[0] });
    const sorted = rest
      .map((schema) => [JSON.stringify(schema), schema] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return sorted.length === 1 ? sorted[0]![1] : { anyOf: sorted.map(([, schema]) => schema) };
  }
}

export const documentation = (checker: ts.TypeChecker, symbol: ts.Symbol): string =>
  ts.displayPartsToString(symbol.getDocumentationComment(checker)).replace(/\s+/g, ' ').trim();

const byValue = (a: unknown, b: unknown): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1;
