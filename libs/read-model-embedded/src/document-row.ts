import { isIndexedValue, logPosition } from '@flowledger/event-sourcing';
import type {
  DocumentKey,
  DocumentWrite,
  FoldedDocument,
  IndexedValue,
  LogPosition,
  ScannedDocument,
} from '@flowledger/event-sourcing';
import { toColumn } from './indexed-value';
import { columnOf, tableOf } from './schema';
import type { Sql } from './list-query';
import type { Statements } from './statements';

const highest = 2n ** 63n - 1n;

/** @throws RangeError beyond 2^63 - 1, which no log reaches */
export function positionValues({ commit, prepare }: LogPosition): [bigint, bigint] {
  if (commit > highest || prepare > highest)
    throw new RangeError(`${commit}.${prepare} is not a position of a log`);
  return [commit, prepare];
}

interface FoldedRow {
  readonly document: string;
  /** As text: the driver would round 64-bit integers to a double. */
  readonly at: string;
  readonly prepare: string;
}

export function readFolded(
  statements: Statements,
  table: string,
  { accountId, id }: DocumentKey,
): FoldedDocument | undefined {
  const row = statements.get<FoldedRow>(
    `SELECT document, CAST(position_commit AS TEXT) AS at, CAST(position_prepare AS TEXT) AS prepare
      FROM ${table} WHERE account_id = ? AND id = ?`,
    [accountId, id],
  );
  return (
    row && {
      document: JSON.parse(row.document) as object,
      position: logPosition(BigInt(row.at), BigInt(row.prepare)),
    }
  );
}

type ScannedRow = FoldedRow & { readonly accountId: string; readonly id: string };

export function scanSql(
  table: string,
  limit: number,
  after?: { readonly accountId: string; readonly id: string },
): Sql {
  return {
    text: `SELECT account_id AS accountId, id, document, CAST(position_commit AS TEXT) AS at,
      CAST(position_prepare AS TEXT) AS prepare FROM ${table}
      ${after ? 'WHERE (account_id, id) > (?, ?)' : ''} ORDER BY account_id, id LIMIT ?`,
    values: [...(after ? [after.accountId, after.id] : []), limit],
  };
}

export const scanned = ({ accountId, id, document, at, prepare }: ScannedRow): ScannedDocument => ({
  accountId,
  id,
  document: JSON.parse(document) as object,
  position: logPosition(BigInt(at), BigInt(prepare)),
});

/** Bookkeeping stands before every event, and is written whatever stands there. */
const bookkeeping = logPosition(0);

/** The guarded upsert or delete of one document. @throws TypeError, RangeError */
export function writeSql({ readModel, accountId, id, document, position }: DocumentWrite): Sql {
  if (!id || !accountId || `${id}${accountId}`.includes('\0')) {
    throw new TypeError(`A document of ${readModel.name} needs an account and an id without zero bytes`);
  }
  const table = tableOf(readModel);
  const at = positionValues(position ?? bookkeeping);
  const guard = (stored: string, written: string): string =>
    position ? `AND (${stored}) < (${written})` : '';
  if (document === undefined) {
    return {
      text: `DELETE FROM ${table} WHERE account_id = ? AND id = ?
        ${guard('position_commit, position_prepare', '?, ?')}`,
      values: [accountId, id, ...(position ? at : [])],
    };
  }
  const columns = [
    'account_id',
    'id',
    'position_commit',
    'position_prepare',
    ...readModel.fields.map(columnOf),
    'document',
  ];
  const changes = columns.slice(2).map((column) => `${column} = excluded.${column}`);
  const fields = readModel.fields.map((field) => toColumn(indexedMember(document, field, readModel.name)));
  return {
    text: `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
      ON CONFLICT (account_id, id) DO UPDATE SET ${changes.join(', ')}
      WHERE true ${guard('position_commit, position_prepare', 'excluded.position_commit, excluded.position_prepare')}`,
    values: [accountId, id, ...at, ...fields, JSON.stringify(document)],
  };
}

function indexedMember(document: object, field: string, readModel: string): IndexedValue | undefined {
  const value = (document as Record<string, unknown>)[field];
  if (value === undefined || isIndexedValue(value)) return value;
  throw new TypeError(
    `${readModel}: a list or an object in "${field}", which is declared as a field to filter by`,
  );
}
