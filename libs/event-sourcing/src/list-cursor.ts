import { createHash } from 'node:crypto';
import { MalformedCursor } from './errors';
import { everyAccount } from './read-model-store';
import type { AccountScope, IndexedValue, ReadModel } from './read-model-store';

/** Where a page ended: the sort value and the key of its last document. */
export interface ListPlace {
  readonly value: IndexedValue;
  readonly accountId: string;
  readonly id: string;
}

/** Tells lists apart: a cursor is good for the read model, account, filter and order it was made for. */
export function listFingerprint(
  { name, version }: ReadModel<never>,
  scope: AccountScope,
  filter: object | undefined,
  sort: object | undefined,
): string {
  const account = scope === everyAccount ? null : (scope as string);
  const conditions = Object.entries(filter ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(
      JSON.stringify([
        name,
        version,
        account,
        conditions.filter(([, condition]) => condition !== undefined),
        sort,
      ]),
    )
    .digest('base64url')
    .slice(0, 16);
}

export const writeCursor = (fingerprint: string, { value, accountId, id }: ListPlace): string =>
  Buffer.from(JSON.stringify([fingerprint, value, accountId, id])).toString('base64url');

/** @throws MalformedCursor */
export function readCursor(text: string, fingerprint: string): ListPlace {
  const [list, value, accountId, id] = partsOf(text);
  const comparable = value === null || ['string', 'number', 'boolean'].includes(typeof value);
  if (list !== fingerprint || !comparable || typeof accountId !== 'string' || typeof id !== 'string') {
    throw new MalformedCursor();
  }
  return { value: value as IndexedValue, accountId, id };
}

function partsOf(text: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Array.isArray(parts) && parts.length === 4 ? parts : [];
  } catch {
    return [];
  }
}
