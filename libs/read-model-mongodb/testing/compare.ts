import type { Document } from './wire';

/** The types in the order a server sorts them. */
export function typeOf(value: unknown): number {
  if (value === undefined || value === null) return 1;
  if (typeof value === 'number' || typeof value === 'bigint') return 2;
  if (typeof value === 'string') return 3;
  return typeof value === 'boolean' ? 8 : 4;
}

export function compare(a: unknown, b: unknown): number {
  const type = typeOf(a);
  if (type !== typeOf(b)) return type - typeOf(b);
  if (type === 1) return 0;
  if (type === 3) return Buffer.compare(Buffer.from(a as string), Buffer.from(b as string));
  if (type === 4) return compareDocuments(Object.entries(a as Document), Object.entries(b as Document));
  return a === b ? 0 : (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0;
}

function compareDocuments(a: [string, unknown][], b: [string, unknown][]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const [[name, value], [otherName, other]] = [a[i]!, b[i]!];
    const order = typeOf(value) - typeOf(other) || compare(name, otherName) || compare(value, other);
    if (order) return order;
  }
  return a.length - b.length;
}

/** The member at a dotted path. Arrays are not looked into: the adapter stores none where it compares. */
export const at = (document: Document, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Document | undefined | null)?.[key], document);

export const sorter = (order: Document) => (a: Document, b: Document) => {
  for (const [path, direction] of Object.entries(order)) {
    const result = compare(at(a, path), at(b, path)) * Number(direction);
    if (result) return result;
  }
  return 0;
};
