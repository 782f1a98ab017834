import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, SystemClock } from '@flowledger/event-sourcing';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { EmbeddedLogStore } from '@flowledger/log-store';
import Database from 'libsql';
import { Refused } from '../failures';
import { examine } from './examination';
import { isInUse } from './in-use';
import { restore } from './restore';

const limits = { spoolBytes: 2 ** 30, spoolAgeSeconds: 86_400 };
const metadata = {
  $correlationId: newId(),
  $causationId: newId(),
  actor: 'root',
  accountId: '1',
  command: 'Count',
  schemaVersion: 1,
};

/** Stores with a few events, closed. */
async function dataDirectory(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'flowledger-offline-'));
  const events = await EmbeddedEventStore.open({ directory });
  const counted = [1, 2, 3].map((count) => ({ id: newId(), type: 'Counted', data: { count }, metadata }));
  await events.append('counter-1', 'no-stream', counted);
  await events.close();
  await (await EmbeddedLogStore.open({ directory, limits, clock: new SystemClock() })).close();
  return directory;
}

function damageSecondEvent(directory: string): void {
  const database = new Database(join(directory, 'events.db'));
  database.exec(`UPDATE events SET data = '{"count":7}' WHERE position = 2`);
  database.close();
}

const silent = () => undefined;

describe('a data directory that nobody holds', () => {
  it('is verified whole', async () => {
    expect(await examine(await dataDirectory(), silent)).toMatchObject({
      events: 3,
      segments: 0,
      damage: [],
    });
  });

  it('shows each damaged record', async () => {
    const directory = await dataDirectory();
    damageSecondEvent(directory);
    const { damage } = await examine(directory, silent);
    expect(damage).toEqual([expect.stringMatching(/2.*damaged/)]);
  });

  it('is one only with data in it', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'flowledger-offline-'));
    await expect(examine(empty, silent)).rejects.toThrow('holds no data');
    expect(readdirSync(empty)).toEqual([]);
  });
});

describe('a restore', () => {
  const target = () => join(mkdtempSync(join(tmpdir(), 'flowledger-offline-')), 'new', 'data');

  it('makes a verified copy the data directory', async () => {
    const [backup, data] = [await dataDirectory(), target()];
    expect(await restore(backup, data, silent)).toMatchObject({ events: 3 });
    expect(await examine(data, silent)).toMatchObject({ events: 3, damage: [] });
    expect(readdirSync(join(data, '..'))).toEqual(['data']);
  });

  it('refuses a damaged backup and leaves nothing behind', async () => {
    const [backup, data] = [await dataDirectory(), target()];
    damageSecondEvent(backup);
    await expect(restore(backup, data, silent)).rejects.toThrow(Refused);
    expect(existsSync(data)).toBe(false);
    expect(readdirSync(join(data, '..'))).toEqual([]);
  });

  it('refuses a directory with anything in it', async () => {
    const [backup, data] = [await dataDirectory(), target()];
    mkdirSync(data, { recursive: true });
    writeFileSync(join(data, 'precious'), '');
    await expect(restore(backup, data, silent)).rejects.toThrow('is not empty');
    expect(readdirSync(data)).toEqual(['precious']);
  });
});

describe('a data directory', () => {
  it('that was closed is free', async () => expect(await isInUse(await dataDirectory())).toBe(false));
});
