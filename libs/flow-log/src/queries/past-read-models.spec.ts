import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatPosition, MalformedCursor, newId } from '@flowledger/event-sourcing';
import type { AnyProjection, LogPosition, NewEvent } from '@flowledger/event-sourcing';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { FlowLogRejected } from '../domain/flow-log.errors';
import { PastReadModels } from './past-read-models';

interface Door {
  readonly doorId: string;
  readonly colour: string;
  readonly opened: number;
}

const doors = { name: 'doors', version: 1, fields: ['colour', 'opened'] as ('colour' | 'opened')[] };
const projection = {
  readModel: doors,
  streamPrefixes: ['door-'],
  documentIds: ({ data }: { data: Partial<Door> }) => data.doorId,
  evolve(door: Door | undefined, { type, data }: { type: string; data: Door }) {
    if (type === 'DoorMade') return { ...data, opened: 0 };
    return type === 'DoorOpened' ? door && { ...door, opened: door.opened + 1 } : undefined;
  },
} as unknown as AnyProjection;

const accountId = '1';
const event = (type: string, doorId: string, colour = 'red', account = accountId): NewEvent => ({
  id: newId(),
  type,
  data: { doorId, colour },
  metadata: {
    $correlationId: '',
    $causationId: '',
    actor: '',
    accountId: account,
    command: '',
    schemaVersion: 1,
  },
});

describe('read models of the past', () => {
  let directory: string;
  let log: EmbeddedEventStore;
  const positions: LogPosition[] = [];
  const at = (index: number, mostEvents?: number) =>
    PastReadModels.read(log, {
      accountId,
      asOf: formatPosition(positions[index]!),
      projections: [projection],
      ...(mostEvents !== undefined && { mostEvents }),
    });
  const ids = (items: readonly Door[]) => items.map(({ doorId }) => doorId);

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'past-'));
    log = await EmbeddedEventStore.open({ directory });
    for (const made of [
      event('DoorMade', 'a'),
      event('DoorMade', 'b', 'blue'),
      event('DoorMade', 'z', 'red', '2'),
      event('DoorMade', 'c'),
      event('DoorOpened', 'a'),
      event('DoorGone', 'c'),
    ]) {
      const { position } = await log.append(`door-${newId()}`, 'no-stream', [made]);
      positions.push(position);
    }
  });
  afterAll(async () => {
    await log.close();
    rmSync(directory, { recursive: true });
  });

  it('hold what had happened by then, and nothing of other accounts', async () => {
    const past = await at(3);
    expect(ids((await past.find<Door>(doors, accountId, { limit: 9 })).items)).toEqual(['a', 'b', 'c']);
    expect(await past.get<Door>(doors, accountId, 'a')).toMatchObject({ opened: 0 });
    expect(await past.get<Door>(doors, accountId, 'z')).toBeUndefined();
    expect(await (await at(5)).get<Door>(doors, accountId, 'a')).toMatchObject({ opened: 1 });
    expect(await (await at(5)).get<Door>(doors, accountId, 'c')).toBeUndefined();
  });

  it('are filtered and sorted as lists are', async () => {
    const past = await at(4);
    const reds = await past.find<Door>(doors, accountId, { filter: { colour: 'red' }, limit: 9 });
    expect(ids(reds.items)).toEqual(['a', 'c']);
    const sort = { by: 'opened', direction: 'descending' } as const;
    expect(ids((await past.find<Door>(doors, accountId, { sort, limit: 9 })).items)).toEqual(['a', 'c', 'b']);
    const some = await past.find<Door>(doors, accountId, { filter: { colour: { in: ['blue'] } }, limit: 9 });
    expect(ids(some.items)).toEqual(['b']);
  });

  it('are paged, each moment with cursors of its own', async () => {
    const [past, later] = [await at(4), await at(5)];
    const first = await past.find<Door>(doors, accountId, { limit: 2 });
    const rest = await past.find<Door>(doors, accountId, { limit: 2, after: first.nextCursor! });
    expect([ids(first.items), ids(rest.items), rest.nextCursor]).toEqual([['a', 'b'], ['c'], null]);
    const foreign = later.find<Door>(doors, accountId, { limit: 2, after: first.nextCursor! });
    await expect(foreign).rejects.toThrow(MalformedCursor);
  });

  it('are refused when too much lies before the moment', async () => {
    await expect(at(2, 3)).resolves.toBeDefined();
    const refused = at(3, 3);
    await expect(refused).rejects.toThrow(FlowLogRejected);
    await expect(refused).rejects.toMatchObject({ code: 'ReplayTooLong', path: 'asOf' });
  });
});
