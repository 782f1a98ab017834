import type { AccountScope, Condition, IndexedValue, ListPlace, ReadModel } from '@flowledger/event-sourcing';
import { afterPrefix, checkField, everyAccount, isIndexedValue } from '@flowledger/event-sourcing';

type Query = Record<string, unknown>;

/** Account and filter. @throws TypeError */
export function queryOf(readModel: ReadModel<never>, scope: AccountScope, filter: object = {}): Query {
  const query: Query = scope === everyAccount ? {} : { '_id.accountId': { $eq: scope } };
  for (const [field, condition] of Object.entries(filter as Record<string, Condition | undefined>)) {
    checkField(readModel, field);
    if (condition === undefined) continue;
    const operators = operatorsOf(condition, `${readModel.name}.${field}`);
    if (operators) query[`document.${field}`] = operators;
  }
  return query;
}

/** Undefined: no condition. Values are checked, so no operator of a client's gets through. */
function operatorsOf(condition: Condition, where: string): Query | undefined {
  const checked = (value: unknown): IndexedValue => {
    if (!isIndexedValue(value))
      throw new TypeError(`The condition on ${where} holds what no list can compare`);
    return value;
  };
  if (condition === null || typeof condition !== 'object') return { $eq: checked(condition) };
  if ('in' in condition && Array.isArray(condition.in)) return { $in: condition.in.map(checked) };
  if ('startsWith' in condition && typeof condition.startsWith === 'string') {
    const end = afterPrefix(condition.startsWith);
    return { $gte: condition.startsWith, ...(end !== undefined && { $lt: end }) };
  }
  if (Object.keys(condition).some((key) => key !== 'gte' && key !== 'lt')) {
    throw new TypeError(`The condition on ${where} is not one of a value, in, gte / lt, startsWith`);
  }
  const { gte, lt } = condition as { gte?: unknown; lt?: unknown };
  if (gte === undefined && lt === undefined) return undefined;
  return { ...(gte !== undefined && { $gte: checked(gte) }), ...(lt !== undefined && { $lt: checked(lt) }) };
}

/** The sort keys of a list, the most significant first. */
export function sortPaths(by: string | undefined, scope: AccountScope): string[] {
  const accounts = scope === everyAccount ? ['_id.accountId'] : [];
  return by === undefined ? ['_id.id', ...accounts] : [`document.${by}`, ...accounts, '_id.id'];
}

/** What comes after a place in the order of `paths`: equal in the first keys, beyond in the next. */
export function beyond(place: ListPlace, paths: readonly string[], descending: boolean): Query {
  const valueAt = (path: string) =>
    path === '_id.id' ? place.id : path === '_id.accountId' ? place.accountId : place.value;
  return {
    $or: paths.flatMap((path, depth) => {
      const equal = paths.slice(0, depth).map((earlier) => ({ [earlier]: { $eq: valueAt(earlier) } }));
      return beyondValue(path, valueAt(path), descending).map((next) => ({ $and: [...equal, next] }));
    }),
  };
}

const types = ['null', 'number', 'string', 'boolean'];
const alias: Record<string, string> = { number: 'number', string: 'string', boolean: 'bool' };

/** `$gt` and `$lt` stay within one type, so the types beyond it are named. */
function beyondValue(path: string, value: IndexedValue, descending: boolean): Query[] {
  const rank = types.indexOf(value === null ? 'null' : typeof value);
  const others = descending ? types.slice(0, rank) : types.slice(rank + 1);
  return [
    ...(value === null ? [] : [{ [path]: { [descending ? '$lt' : '$gt']: value } }]),
    ...others.map((type) => ({ [path]: type === 'null' ? { $eq: null } : { $type: alias[type] } })),
    // Nothing lies beyond: a condition that never holds keeps $or from being empty.
    ...(value === null && descending ? [{ [path]: { $in: [] } }] : []),
  ];
}
