import { debug } from '@eventstore/db-client/dist/utils';
import { storesOnFakes } from '../testing';

const openStore = storesOnFakes();

describe('a client whose debug output is switched on', () => {
  it('P13 prints nothing of its connection', async () => {
    const printed: unknown[] = [];
    const { log, enabled } = debug.connection;
    Object.assign(debug.connection, { enabled: true, log: (...line: unknown[]) => printed.push(line) });
    await openStore();
    Object.assign(debug.connection, { enabled, log });
    expect(printed).toEqual([]);
  });
});
