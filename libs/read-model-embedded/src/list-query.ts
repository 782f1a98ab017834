import type { AccountScope, Condition, IndexedValue, ListPlace, ReadModel } from '@flowledger/event-sourcing';
import { afterPrefix, checkField, everyAccount, isIndexedValue } from '@flowledger/event-sourcing';
import { toColumn } from './indexed-value';
import { columnOf, tableOf } from './schema';
import type { SqlValue } from './statements';

/** A piece of SQL with the values of its question marks. */
export interface Sql {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

export interface ListOrder {
  /** Undefined: by id. */
  readonly by?: string;
  readonly descending: boolean;
}

/** Account and filter as one WHERE clause. @throws TypeError */
export function whereOf(readModel: ReadModel<never>, scope: AccountScope, filter: object = {}): Sql {
  const parts = Object.entries(filter as Record<string, Condition | undefined>).flatMap(
    ([field, condition]) => {
      checkField(readModel, field);
      return condition === undefined
        ? []
        : [conditionSql(columnOf(field), condition, `${readModel.name}.${field}`)];
    },
  );
  if (scope !== everyAccount) parts.unshift({ text: 'account_id = ?', values: [scope as string] });
  return and(parts);
}

/** The page after `place`. Columns: account_id, id, document. */
export function pageSql(
  readModel: ReadModel<never>,
  scope: AccountScope,
  where: Sql,
  order: ListOrder,
  limit: number,
  place?: ListPlace,
): Sql {
  const accounts = scope === everyAccount ? ['account_id'] : [];
  const columns = order.by ? [columnOf(order.by), ...accounts, 'id'] : ['id', ...accounts];
  const valueOf = (column: string) =>
    column === 'id' ? place!.id : column === 'account_id' ? place!.accountId : toColumn(place!.value);
  const beyond: Sql[] = place
    ? [
        {
          text: `(${columns.join(', ')}) ${order.descending ? '<' : '>'} (${columns.map(() => '?').join(', ')})`,
          values: columns.map(valueOf),
        },
      ]
    : [];
  const all = and([where, ...beyond]);
  const by = columns.map((column) => (order.descending ? `${column} DESC` : column)).join(', ');
  return {
    text: `SELECT account_id, id, document FROM ${tableOf(readModel)} WHERE ${all.text} ORDER BY ${by} LIMIT ?`,
    values: [...all.values, limit],
  };
}

const and = (parts: readonly Sql[]): Sql => ({
  text: parts.map(({ text }) => text).join(' AND ') || '1',
  values: parts.flatMap(({ values }) => values),
});

function conditionSql(column: string, condition: Condition, where: string): Sql {
  const checked = (value: unknown): IndexedValue => {
    if (!isIndexedValue(value))
      throw new TypeError(`The condition on ${where} holds what no list can compare`);
    return value;
  };
  if (condition === null || typeof condition !== 'object') {
    return { text: `${column} = ?`, values: [toColumn(checked(condition))] };
  }
  if ('in' in condition && Array.isArray(condition.in)) {
    const values = condition.in.map((value) => toColumn(checked(value)));
    return { text: `${column} IN (${values.map(() => '?').join(', ')})`, values };
  }
  if ('startsWith' in condition && typeof condition.startsWith === 'string') {
    return between(column, condition.startsWith, afterPrefix(condition.startsWith));
  }
  if (Object.keys(condition).some((key) => key !== 'gte' && key !== 'lt')) {
    throw new TypeError(`The condition on ${where} is not one of a value, in, gte / lt, startsWith`);
  }
  const { gte, lt } = condition as { gte?: unknown; lt?: unknown };
  return between(
    column,
    gte === undefined ? undefined : checked(gte),
    lt === undefined ? undefined : checked(lt),
  );
}

/** A bound compares with values of its own type only: the ends of the type stand in for the bound that is missing. */
function between(column: string, gte: IndexedValue | undefined, lt: IndexedValue | undefined): Sql {
  const lower =
    gte !== undefined ? '>= ?' : lt === undefined ? undefined : typeof lt === 'number' ? '> -9e999' : ">= ''";
  const upper =
    lt !== undefined ? '< ?' : gte === undefined ? undefined : typeof gte === 'number' ? "< ''" : "< x''";
  const typesDiffer = gte !== undefined && lt !== undefined && typeof gte !== typeof lt;
  if (typesDiffer) return { text: '0', values: [] };
  const bounds = [lower, upper].filter((bound) => bound !== undefined).map((bound) => `${column} ${bound}`);
  return {
    text: bounds.join(' AND ') || '1',
    values: [gte, lt].filter((bound) => bound !== undefined).map(toColumn),
  };
}
