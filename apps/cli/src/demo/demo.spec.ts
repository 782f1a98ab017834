import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Refused } from '../failures';
import { readyAddress } from './ready-line';
import { resetDataDirectory } from './reset';
import { sampleInterfaces } from './sample-network';
import { welcome } from './welcome';

describe('a reset', () => {
  let directory: string;
  const free = async () => false;
  const put = (...names: string[]) => names.forEach((name) => writeFileSync(join(directory, name), ''));

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'flowledger-reset-'));
  });

  it('empties a data directory', async () => {
    put('events.db', 'events.db-wal', 'root-token');
    mkdirSync(join(directory, 'segments', 'account'), { recursive: true });
    await resetDataDirectory(directory, free);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('touches nothing beside a file that is not of the service', async () => {
    put('events.db', 'root-token', 'thesis.txt');
    await expect(resetDataDirectory(directory, free)).rejects.toThrow(Refused);
    expect(readdirSync(directory)).toHaveLength(3);
  });

  it('touches nothing without a mark of the service', async () => {
    mkdirSync(join(directory, 'segments'));
    await expect(resetDataDirectory(directory, free)).rejects.toThrow('does not look like');
    expect(readdirSync(directory)).toEqual(['segments']);
  });

  it('touches nothing that is in use', async () => {
    put('events.db');
    await expect(resetDataDirectory(directory, async () => true)).rejects.toThrow('is in use');
    expect(readdirSync(directory)).toEqual(['events.db']);
  });
});

describe('the log of a service that starts', () => {
  it('gives the address, and tells warnings only', async () => {
    const told: string[] = [];
    const log = [
      '{"level":30,"msg":"opening"}',
      '{"level":40,"msg":"little disk"}',
      'no json at all',
      '{"level":30,"http":"http://127.0.0.1:4711","msg":"ready"}',
    ];
    const address = await readyAddress(Readable.from(log.map((line) => `${line}\n`)), (text) =>
      told.push(text),
    );
    expect(address).toBe('http://127.0.0.1:4711');
    expect(told).toEqual(['little disk', 'no json at all']);
  });

  it('gives none when it ends before', async () => {
    expect(await readyAddress(Readable.from(['{"msg":"stopping"}\n']), () => undefined)).toBeUndefined();
  });
});

describe('the welcome', () => {
  const settings = { dataDirectory: '/srv/flowledger/data', token: () => 'fl_root_x' };
  const at = (port: number, directory: string, given = false) =>
    welcome({ ...settings, url: new URL(`http://127.0.0.1:${port}`) }, directory, given).commands;

  it('prints short commands where the defaults are right', () => {
    expect(at(8080, '/srv/flowledger')).toEqual([
      'npx flowledger flow-logs list',
      expect.stringContaining("$(cat 'data/root-token')"),
      'npx flowledger audit events',
    ]);
  });

  it('names what differs from the defaults', () => {
    expect(at(9000, '/srv')[0]).toBe(
      "FLOWLEDGER_URL=http://127.0.0.1:9000 FLOWLEDGER_DATA_DIR='/srv/flowledger/data' npx flowledger flow-logs list",
    );
  });

  it('shows no token on a command line that was given by a variable', () => {
    expect(at(8080, '/srv/flowledger', true).join('\n')).not.toContain('fl_root_x');
  });
});

describe('the sample network', () => {
  it('has twelve interfaces with addresses and ids of their own, one of an old family', () => {
    expect(sampleInterfaces).toHaveLength(12);
    expect(new Set(sampleInterfaces.map(({ networkInterfaceId }) => networkInterfaceId)).size).toBe(12);
    expect(new Set(sampleInterfaces.flatMap(({ privateIpAddresses }) => privateIpAddresses)).size).toBe(12);
    expect(sampleInterfaces.filter(({ instanceType }) => instanceType.startsWith('ecs.n4'))).toHaveLength(1);
  });
});
