import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { comparePositions } from '@flowledger/event-sourcing';
import {
  idsOf,
  newCategory,
  newEvent,
  newEvents,
  SubscriptionReader,
} from '@flowledger/event-sourcing/testing';
import { expectNoUnhandledRejection, storesOnFakes } from '../testing';
import { EventStoreDbEventStore } from './event-store-db-event-store';

const openStore = storesOnFakes();
expectNoUnhandledRejection();

describe('a server that sends every event twice', () => {
  it('R25 is heard once', async () => {
    const { store, server, stream } = await openStore();
    server.faults.eventsTwice = true;
    const events = newEvents(40);
    await store.append(stream, 'no-stream', events);
    const reader = new SubscriptionReader(store, { streamPrefixes: [stream] });
    await reader.caughtUp();
    const live = newEvent();
    await store.append(stream, 'any', [live]);
    await reader.received(41);
    await reader.stop();
    expect(reader.ids).toEqual(idsOf([...events, live]));
  });
});

describe('a server whose checkpoint stands at an event that is still to come', () => {
  it('R10 costs nothing whoever resumes at any place that was named', async () => {
    const { store, server } = await openStore();
    server.faults.checkpointBeforeEvent = true;
    const category = newCategory();
    for (let round = 0; round < 4; round++) await store.append(`${category}${round}`, 'any', newEvents(2));
    const reader = new SubscriptionReader(store, { streamPrefixes: [category] });
    await reader.received(8);
    await reader.caughtUp();
    await reader.stop();
    let handed = 0;
    for (const message of reader.messages) {
      if (message.kind === 'events') handed += message.events.length;
      if (message.kind !== 'checkpoint') continue;
      const missed = reader.events
        .slice(handed)
        .filter(({ position }) => comparePositions(position, message.position) <= 0);
      expect(missed).toEqual([]);
    }
    expect(handed).toBe(8);
  });
});

describe('a server whose clock is wrong', () => {
  it('Q1 is pointed out to the operator when we connect', async () => {
    const warnings: string[] = [];
    const { store, server } = await openStore({ onWarning: (warning) => warnings.push(warning) });
    expect(warnings).toEqual([]);
    server.faults.clockAheadMs = 30_000;
    await store.head();
    expect(warnings).toEqual([expect.stringMatching(/clock of EventStoreDB is (29|30) s ahead of ours/)]);
    expect(store.status.clockSkewMs).toBeGreaterThan(28_000);
  });
});

describe('a password in the connection string', () => {
  it.each([
    'esdb://admin:s3cret-word@127.0.0.1:9?tls=false',
    'esdb://admin:s3cret-word@127.0.0.1:9?tls=true&tlsCaFile=/nowhere/ca.pem',
    'esdb://admin:s3cret-word@127.0.0.1:9?tls=false&keepAliveInterval=-7',
    'esdb://admin:s3cret:word@127.0.0.1:9',
  ])('is in no error: %s', async (connectionString) => {
    const refusal = (await EventStoreDbEventStore.connect({
      connectionString,
      connectTimeoutMs: 5_000,
    }).catch((error: unknown) => error)) as Error;
    expect(refusal).toBeInstanceOf(Error);
    for (let error: unknown = refusal; error instanceof Error; error = error.cause)
      expect(`${error.message} ${error.stack}`).not.toContain('s3cret');
  });
});

describe('the sources of this library', () => {
  it('R5 use no persistent subscription', () => {
    const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'),
    );
    expect(files.length).toBeGreaterThan(10);
    const users = files.filter((file) =>
      /persistentSubscription/i.test(readFileSync(join(__dirname, file), 'utf8')),
    );
    expect(users).toEqual([]);
  });
});
