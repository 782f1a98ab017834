import type { ReadModel } from '@flowledger/event-sourcing';
import type { Db } from 'mongodb';

const name = /^[a-zA-Z][a-zA-Z0-9_-]*$/;

/** One collection a read model, version and generation. */
export const collectionOf = ({ name, version, generation }: ReadModel<never>): string =>
  generation === undefined ? `${name}.v${version}` : `${name}.v${version}.g${generation}`;

/** @throws TypeError */
export function checkNames({ name: readModel, version, generation = 0, fields }: ReadModel<never>): void {
  if (!name.test(readModel)) throw new TypeError(`"${readModel}" cannot be the name of a read model`);
  for (const number of [version, generation]) {
    if (!Number.isSafeInteger(number) || number < 0)
      throw new TypeError(`${number} cannot be a version or generation of ${readModel}`);
  }
  for (const field of fields) {
    if (!name.test(field)) throw new TypeError(`"${field}" cannot be a field of ${readModel}`);
  }
}

/** Each field's index starts with the account and ends with the id: it filters, sorts and pages a list of one account. */
export async function createIndexes(db: Db, readModel: ReadModel<never>): Promise<void> {
  await db.collection(collectionOf(readModel)).createIndexes([
    { name: 'account', key: { '_id.accountId': 1, '_id.id': 1 } },
    { name: 'id', key: { '_id.id': 1, '_id.accountId': 1 } },
    ...readModel.fields.map((field) => ({
      name: `field-${field}`,
      key: { '_id.accountId': 1, [`document.${field}`]: 1, '_id.id': 1 },
    })),
  ]);
}
