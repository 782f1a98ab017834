import type { DocumentWrite, IndexedValue, LogPosition, ReadModel } from '@flowledger/event-sourcing';
import { logPosition } from '@flowledger/event-sourcing';
import { Long } from 'mongodb';

export interface StoredKey {
  readonly accountId: string;
  readonly id: string;
}

export interface StoredDocument {
  readonly _id: StoredKey;
  readonly lastPosition: StoredPosition;
  readonly document: Record<string, unknown>;
}

export interface StoredPosition {
  readonly commit: Long | bigint;
  readonly prepare: Long | bigint;
}

const highest = 2n ** 63n - 1n;

/** @throws RangeError beyond 2^63 - 1, which no log reaches */
export function storedPosition({ commit, prepare }: LogPosition): StoredPosition {
  if (commit > highest || prepare > highest)
    throw new RangeError(`${commit}.${prepare} is not a position of a log`);
  return { commit: Long.fromBigInt(commit), prepare: Long.fromBigInt(prepare) };
}

/** Read with `useBigInt64`: a number would be rounded. */
export const loadedPosition = ({ commit, prepare }: StoredPosition): LogPosition =>
  logPosition(BigInt(commit.toString()), BigInt(prepare.toString()));

/** Holds for what stands before `position`. */
export function isBefore(position: LogPosition, path: string): { $or: object[] } {
  const { commit, prepare } = storedPosition(position);
  return {
    $or: [
      { [`${path}.commit`]: { $lt: commit } },
      { [`${path}.commit`]: { $eq: commit }, [`${path}.prepare`]: { $lt: prepare } },
    ],
  };
}

/** @throws TypeError */
export function storedKey({ readModel, accountId, id }: DocumentWrite): StoredKey {
  if (!id || !accountId || `${id}${accountId}`.includes('\0')) {
    throw new TypeError(`A document of ${readModel.name} needs an account and an id without zero bytes`);
  }
  return { accountId, id };
}

/** The document as plain JSON with keys that BSON can hold. @throws TypeError */
export function storedForm(readModel: ReadModel<never>, document: object): Record<string, unknown> {
  const plain = JSON.parse(JSON.stringify(document)) as Record<string, unknown>;
  for (const field of readModel.fields) {
    if (plain[field] !== null && typeof plain[field] === 'object') {
      throw new TypeError(
        `${readModel.name}: a list or an object in "${field}", which is declared as a field to filter by`,
      );
    }
  }
  return withKeys(plain, escapeKey) as Record<string, unknown>;
}

export const loadedForm = (stored: Record<string, unknown>): object =>
  withKeys(stored, unescapeKey) as object;

export const memberOf = (document: object, field: string): IndexedValue =>
  ((document as Record<string, unknown>)[field] ?? null) as IndexedValue;

/** Keys with a leading `$` are refused by older servers and read back as references ($ref, $id) by the driver. */
const escapeKey = (key: string) => (/^[$~]|\0/.test(key) ? `~${encodeURIComponent(key)}` : key);
const unescapeKey = (key: string) => (key.startsWith('~') ? decodeURIComponent(key.slice(1)) : key);

function withKeys(value: unknown, rename: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => withKeys(item, rename));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [rename(key), withKeys(member, rename)]),
  );
}
