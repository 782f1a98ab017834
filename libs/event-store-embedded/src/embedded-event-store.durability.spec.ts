import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import {
  Clock,
  CorruptRecord,
  EventStoreUnavailable,
  StorageFull,
  StoreLocked,
  streamRevision,
} from '@flowledger/event-sourcing';
import { collect, idsIn, idsOf, newEvent, newEvents } from '@flowledger/event-sourcing/testing';
import { EmbeddedEventStore } from './embedded-event-store';
import { UnknownFormat } from './unknown-format';

let directory: string;
let store: EmbeddedEventStore;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'events-'));
  store = await EmbeddedEventStore.open({ directory });
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

const reopen = async (): Promise<EmbeddedEventStore> => {
  await store.close();
  return (store = await EmbeddedEventStore.open({ directory }));
};

/** Changes the file behind the store's back while it is closed. */
async function tamper(sql: string): Promise<void> {
  await store.close();
  const database = new Database(store.file);
  database.exec(sql);
  database.close();
}

describe('a directory that is in use', () => {
  it('is refused to a second opener, and free again after close', async () => {
    await expect(EmbeddedEventStore.open({ directory })).rejects.toBeInstanceOf(StoreLocked);
    await reopen();
    await store.append('order-1', 'no-stream', newEvents(1));
  });
});

describe('a file of another format', () => {
  it.each(['PRAGMA user_version = 2', 'PRAGMA application_id = 7'])('is refused: %s', async (sql) => {
    await tamper(sql);
    await expect(EmbeddedEventStore.open({ directory })).rejects.toBeInstanceOf(UnknownFormat);
  });
});

describe('a record that was changed on disk', () => {
  const damage = "UPDATE events SET data = '{}' WHERE position = 2";

  it('is refused by every read, which names it', async () => {
    await store.append('order-1', 'no-stream', newEvents(3));
    await tamper(damage);
    store = await EmbeddedEventStore.open({ directory });
    const failure = await collect(store.readStream('order-1')).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CorruptRecord);
    expect((failure as Error).message).toContain('position 2 (stream order-1, revision 1)');
    await expect(collect(store.readAll())).rejects.toBeInstanceOf(CorruptRecord);
    await expect(collect(store.subscribe())).rejects.toBeInstanceOf(CorruptRecord);
    await expect(store.backupTo(join(directory, 'copy.db'))).rejects.toBeInstanceOf(CorruptRecord);
  });

  it('is found by verifying everything, with the gap that a lost one leaves', async () => {
    await store.append('order-1', 'no-stream', newEvents(3));
    await tamper(`${damage}; DELETE FROM events WHERE position = 1`);
    store = await EmbeddedEventStore.open({ directory });
    const found = (await collect(store.verifyAll())).flatMap((progress) => progress.damage);
    expect(found.map(({ where }) => where)).toEqual([
      expect.stringContaining('position 2'),
      expect.stringContaining('Stream order-1'),
    ]);
  });

  it('is found when the store opens if it lies behind the clean mark', async () => {
    await store.append('order-1', 'no-stream', newEvents(3));
    await tamper(`${damage}; UPDATE marks SET position = 0`);
    await expect(EmbeddedEventStore.open({ directory })).rejects.toBeInstanceOf(CorruptRecord);
  });
});

describe('a log that lost its end', () => {
  it('does not open', async () => {
    await store.append('order-1', 'no-stream', newEvents(3));
    await tamper('DELETE FROM events WHERE position = 3');
    await expect(EmbeddedEventStore.open({ directory })).rejects.toBeInstanceOf(CorruptRecord);
  });
});

describe('a store without damage', () => {
  it('is verified up to its head', async () => {
    await store.append('order-1', 'no-stream', newEvents(500));
    await store.append('order-2', 'no-stream', newEvents(200));
    const progress = await collect(store.verifyAll());
    expect(progress.at(-1)).toEqual({ position: 700, head: 700, damage: [] });
  });
});

describe('a store that is full', () => {
  it('refuses appends, goes on reading, and takes appends again once there is room', async () => {
    const large = () => newEvent({ data: 'x'.repeat(60_000) });
    store.limitPages(40);
    const kept: string[] = [];
    const filling = async (): Promise<void> => {
      for (;;) {
        const event = large();
        await store.append('order-1', 'any', [event]);
        kept.push(event.id);
      }
    };
    await expect(filling()).rejects.toBeInstanceOf(StorageFull);
    expect(kept.length).toBeGreaterThan(0);
    expect(await idsIn(store.readAll())).toEqual(kept);
    store.limitPages(1000);
    const { revision } = await store.append('order-1', streamRevision(kept.length - 1), [large()]);
    expect(revision).toBe(streamRevision(kept.length));
  });
});

describe('a backup', () => {
  it('holds what was appended before it, and opens as a store', async () => {
    const events = newEvents(1000);
    await store.append('order-1', 'no-stream', events.slice(0, 500));
    await store.append('order-1', 'any', events.slice(500));
    const target = join(directory, 'copy', 'events.db');
    await EmbeddedEventStore.open({ directory: join(directory, 'copy') }).then((other) => other.close());
    rmSync(target);
    const [, later] = await Promise.all([
      store.backupTo(target),
      store.append('order-1', 'any', newEvents(1)),
    ]);
    expect(later.revision).toBe(streamRevision(1000));
    const copy = await EmbeddedEventStore.open({ directory: join(directory, 'copy') });
    expect((await idsIn(copy.readAll())).slice(0, 1000)).toEqual(idsOf(events));
    await copy.append('order-1', 'any', newEvents(1));
    await copy.close();
  });

  it('does not overwrite a file', async () => {
    await expect(store.backupTo(store.file)).rejects.toThrow('exists already');
  });
});

describe('a clock that goes back', () => {
  it('does not take the recorded times with it', async () => {
    await store.close();
    const times = [3000, 1000, 2000];
    const clock = new (class extends Clock {
      epochMilliseconds = (): number => times.shift()!;
    })();
    store = await EmbeddedEventStore.open({ directory, clock });
    for (const event of newEvents(3)) await store.append('order-1', 'any', [event]);
    const recordedAt = (await collect(store.readAll())).map((event) => event.recordedAt);
    expect(recordedAt).toEqual(Array(3).fill('1970-01-01T00:00:03.000Z'));
  });
});

describe('an empty store', () => {
  it('has no head', async () => {
    expect(await store.head()).toBeUndefined();
  });
});

describe('a closing store', () => {
  it('commits what waits, then refuses', async () => {
    const pending = store.append('order-1', 'no-stream', newEvents(2));
    await store.close();
    expect((await pending).revision).toBe(streamRevision(1));
    await expect(store.append('order-1', 'any', newEvents(1))).rejects.toBeInstanceOf(EventStoreUnavailable);
    await expect(collect(store.readAll())).rejects.toBeInstanceOf(EventStoreUnavailable);
    await reopen();
    expect(await collect(store.readAll())).toHaveLength(2);
  });
});

describe('a log longer than one window of positions', () => {
  it('is filtered by selective and by broad prefixes in both directions', async () => {
    const rare = newEvents(2);
    await store.append('rare-1', 'no-stream', [rare[0]!]);
    for (let batch = 0; batch < 24; batch++) await store.append('many-1', 'any', newEvents(500));
    await store.append('rare-1', 'any', [rare[1]!]);
    expect(await idsIn(store.readAll({ streamPrefixes: ['rare-'] }))).toEqual(idsOf(rare));
    expect(await idsIn(store.readAll({ streamPrefixes: ['rare-'], direction: 'backwards' }))).toEqual(
      idsOf(rare).reverse(),
    );
    expect(await collect(store.readAll({ streamPrefixes: ['many-', 'rare-'] }))).toHaveLength(12_002);
    const back = await collect(store.readAll({ streamPrefixes: ['many-'], direction: 'backwards' }));
    expect(back.map(({ position }) => Number(position.commit))).toEqual(
      Array.from({ length: 12_000 }, (_, index) => 12_001 - index),
    );
    expect(await collect(store.readAll({ streamPrefixes: [] }))).toEqual([]);
  });
});
