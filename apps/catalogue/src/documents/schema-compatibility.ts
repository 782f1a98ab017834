import type { JsonSchema } from '../code/json-schema';

/**
 * What changed between the published schema of a version and the one that the code has now, apart from words and new
 * optional members: nothing of it may change, because events of that version are stored already.
 */
export function incompatibilities(published: JsonSchema, now: JsonSchema, path = 'data'): string[] {
  const properties = new Set([
    ...Object.keys(published.properties ?? {}),
    ...Object.keys(now.properties ?? {}),
  ]);
  const found = [...properties].flatMap((name) => ofProperty(name, published, now, `${path}.${name}`));
  if (published.items && now.items) found.push(...incompatibilities(published.items, now.items, `${path}[]`));
  if (canonical(shapeOf(published)) !== canonical(shapeOf(now))) {
    found.push(`${path} was ${text(published)}, now it is ${text(now)}`);
  }
  return found;
}

function ofProperty(name: string, published: JsonSchema, now: JsonSchema, path: string): string[] {
  const before = published.properties?.[name];
  const after = now.properties?.[name];
  const wasRequired = published.required?.includes(name) ?? false;
  const isRequired = now.required?.includes(name) ?? false;
  if (before && !after) return [`${path} is gone`];
  if (!before) return isRequired ? [`${path} is new and not optional`] : [];
  const changed = incompatibilities(before, after!, path);
  if (wasRequired === isRequired) return changed;
  return [...changed, `${path} is ${isRequired ? 'not optional any more' : 'optional now'}`];
}

/** What is compared as a whole; members and items are compared one by one. */
function shapeOf({ $schema: _s, $id: _i, title: _t, description: _d, ...schema }: JsonSchema): object {
  const { properties: _p, required: _r, items, ...shape } = schema;
  return { ...shape, ...(items && { items: 'compared apart' }) };
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (key, found: unknown) => {
    if (key === 'description' || typeof found !== 'object' || found === null || Array.isArray(found)) {
      return key === 'description' && typeof found === 'string' ? undefined : found;
    }
    return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

const text = (schema: JsonSchema): string => canonical(shapeOf(schema));

/** A type whose published schema does not hold any more. Says what to do. */
export class IncompatibleSchema extends Error {
  constructor(
    readonly type: string,
    readonly version: number,
    readonly changes: readonly string[],
  ) {
    super(
      `${type} does not keep the schema of its version ${version}:\n` +
        changes.map((change) => `  - ${change}\n`).join('') +
        `Events of version ${version} are stored for ever. Only optional members may be added to it. Either take the ` +
        `change back, or make it version ${version + 1}: write an upcaster from ${version} beside the event (see ` +
        `libs/flow-log/src/domain/flow-log.upcasters.ts), add it to libs/event-catalogue/src/upcasters.ts, then run ` +
        'npm run catalogue and npm run harvest:events',
    );
    this.name = 'IncompatibleSchema';
  }
}
