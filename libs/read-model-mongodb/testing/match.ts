import { at, compare, typeOf } from './compare';
import { CommandFailure } from './command-failure';
import type { Document } from './wire';

const typeNames: Record<string, number> = { number: 2, string: 3, bool: 8 };

/** The few operators of the adapter; any other is an error, as on a server. */
export function matches(document: Document, query: Document): boolean {
  return Object.entries(query).every(([path, condition]) => {
    if (path === '$and') return (condition as Document[]).every((part) => matches(document, part));
    if (path === '$or') {
      if ((condition as Document[]).length === 0)
        throw new CommandFailure(2, '$and/$or/$nor must be a nonempty array');
      return (condition as Document[]).some((part) => matches(document, part));
    }
    if (path.startsWith('$')) throw new CommandFailure(2, `unknown top level operator: ${path}`);
    return holds(at(document, path), condition);
  });
}

function holds(value: unknown, condition: unknown): boolean {
  const isOperators = typeOf(condition) === 4 && Object.keys(condition as object)[0]?.startsWith('$');
  if (!isOperators) return compare(value, condition) === 0;
  return Object.entries(condition as Document).every(([operator, operand]) => {
    const sameType = typeOf(value) === typeOf(operand);
    switch (operator) {
      case '$eq':
        return compare(value, operand) === 0;
      case '$in':
        return (operand as unknown[]).some((one) => compare(value, one) === 0);
      case '$lt':
        return sameType && compare(value, operand) < 0;
      case '$gt':
        return sameType && compare(value, operand) > 0;
      case '$gte':
        return sameType && compare(value, operand) >= 0;
      case '$type':
        return typeOf(value) === typeNames[operand as string];
      default:
        throw new CommandFailure(2, `unknown operator: ${operator}`);
    }
  });
}
