import type { ReadModel } from '@flowledger/event-sourcing';
import Database from 'libsql';
import { pageSql, whereOf } from './list-query';
import { createTable } from './schema';

const parcels: ReadModel<{ status: string; name: string }> = {
  name: 'parcels',
  version: 1,
  fields: ['status', 'name'],
};
const place = { value: 'x', accountId: '1', id: 'p1' };

describe('the table of a read model', () => {
  const db = new Database(':memory:');
  createTable(db, parcels);
  afterAll(() => db.close());

  const plan = (filter: object, by?: string, descending = false) => {
    const where = whereOf(parcels, '1', filter);
    const { text, values } = pageSql(parcels, '1', where, { by, descending }, 20, place);
    const steps = db.prepare(`EXPLAIN QUERY PLAN ${text}`).all([...values]) as { detail: string }[];
    return steps.map(({ detail }) => detail).join('; ');
  };

  it('pages by id along the primary key', () => {
    expect(plan({})).toMatch(/^SEARCH \S+ USING INDEX sqlite_autoindex\S+ \(account_id=\? AND id>\?\)$/);
  });

  it.each([true, false])('pages along the index of the sort field, descending: %s', (descending) => {
    expect(plan({}, 'name', descending)).toMatch(/^SEARCH \S+ USING INDEX \S+:f_name \(account_id=\? AND /);
    expect(plan({}, 'name', descending)).not.toContain('TEMP B-TREE');
  });

  it('finds one value and pages by id along the index of the field', () => {
    expect(plan({ status: 'sent' })).toMatch(
      /^SEARCH \S+ USING INDEX \S+:f_status \(account_id=\? AND f_status=\? AND id>\?\)$/,
    );
  });

  it.each([
    { status: { startsWith: 'se' } },
    { status: { gte: 'a', lt: 'b' } },
    { status: { in: ['a', 'b'] } },
  ])('never reads the whole table for %j', (filter) => {
    for (const by of [undefined, 'status', 'name'])
      expect(plan(filter, by)).toMatch(/^SEARCH .* \(account_id=\?/);
  });
});
