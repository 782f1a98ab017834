/** As much of JSON Schema as the catalogue's payloads use. */
interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
}

export interface SchemaMember {
  /** `settings.trafficPath`, `tags[].key` */
  readonly path: string;
  readonly type: string;
  readonly optional: boolean;
  readonly description: string;
}

/** Members of an object's schema, those of its parts right after them. */
export function schemaMembers({ properties = {}, required = [] }: Schema, within = ''): SchemaMember[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const path = `${within}${name}`;
    const member = { path, type: typeText(schema), optional: !required.includes(name) };
    const inner = schema.items ?? schema;
    const prefix = schema.items ? `${path}[].` : `${path}.`;
    return [{ ...member, description: schema.description ?? '' }, ...schemaMembers(inner, prefix)];
  });
}

function typeText({ type, anyOf, items, ...schema }: Schema): string {
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (anyOf) return anyOf.map(typeText).join(' | ');
  if (type === 'array') return `${items ? typeText(items) : 'any'}[]`;
  return type ?? 'any';
}
