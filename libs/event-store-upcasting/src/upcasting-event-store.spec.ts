import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AggregateStore,
  InvalidAppend,
  UnknownEventVersion,
  Upcasters,
  newId,
} from '@flowledger/event-sourcing';
import type { Decider, Event, RecordedEvent } from '@flowledger/event-sourcing';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { newEvent } from '@flowledger/event-sourcing/testing';
import { UpcastingEventStore } from './upcasting-event-store';

const directories: string[] = [];
afterAll(() => directories.forEach((directory) => rmSync(directory, { recursive: true, force: true })));

const openLog = (): Promise<EmbeddedEventStore> => {
  const directory = mkdtempSync(join(tmpdir(), 'upcasting-'));
  directories.push(directory);
  return EmbeddedEventStore.open({ directory });
};

type Counted = Event<'Counted', { by: number }>;
const counter: Decider<number, { type: 'Count' }, Counted> = {
  initialState: () => 0,
  decide: () => [{ type: 'Counted', data: { by: 1 } }],
  evolve: (sum, { data }) => sum + data.by,
};
/** Version 1 was a bare number. */
const upcasters = new Upcasters([{ type: 'Counted', from: 1, up: (data) => ({ by: data }) }]);
const ofVersion = (schemaVersion: number, data: unknown) =>
  newEvent({ type: 'Counted', data, metadata: { ...newEvent().metadata, schemaVersion } });
const count = (store: AggregateStore) =>
  store.handle(
    'counter-1',
    counter,
    { type: 'Count' },
    {
      commandId: newId(),
      correlationId: newId(),
      causationId: newId(),
      actor: 'token-1',
      accountId: '1',
    },
  );

describe('a log with events of an old shape', () => {
  let log: EmbeddedEventStore;
  let events: UpcastingEventStore;

  beforeEach(async () => {
    log = await openLog();
    await log.append('counter-1', 'no-stream', [ofVersion(1, 40), ofVersion(1, 1)]);
    events = new UpcastingEventStore(log, upcasters);
  });
  afterEach(() => events.close());

  const shapes = async (read: AsyncIterable<RecordedEvent>) => {
    const found: unknown[] = [];
    for await (const { data, metadata } of read) found.push([metadata.schemaVersion, data]);
    return found;
  };
  const bothCurrent = [
    [2, { by: 40 }],
    [2, { by: 1 }],
  ];

  it('is read in the current one: a stream, the whole log, a subscription', async () => {
    expect(await shapes(events.readStream('counter-1'))).toEqual(bothCurrent);
    expect(await shapes(events.readAll())).toEqual(bothCurrent);
    const told: RecordedEvent[] = [];
    for await (const message of events.subscribe()) {
      if (message.kind === 'events') told.push(...message.events);
      if (message.kind === 'caught-up') break;
    }
    expect(told.map(({ data, metadata }) => [metadata.schemaVersion, data])).toEqual(bothCurrent);
  });

  it('keeps what was written', async () => {
    expect(await shapes(events.stored.readStream('counter-1'))).toEqual([
      [1, 40],
      [1, 1],
    ]);
  });

  it('is folded by a decider that knows the current shape only, and continued in that shape', async () => {
    expect((await count(new AggregateStore(events, { upcasters }))).state).toBe(42);
    expect((await shapes(log.readStream('counter-1'))).at(-1)).toEqual([2, { by: 1 }]);
  });

  it('takes no event of another version than the current one', async () => {
    const forgotten = count(new AggregateStore(events));
    await expect(forgotten).rejects.toThrow(InvalidAppend);
    await expect(forgotten).rejects.toThrow('Counted of schema version 1, but it is at 2');
    expect(await shapes(log.readStream('counter-1'))).toHaveLength(2);
  });
});

describe('a log with an event of a newer release', () => {
  let log: EmbeddedEventStore;
  let events: UpcastingEventStore;

  beforeEach(async () => {
    log = await openLog();
    await log.append('counter-1', 'no-stream', [ofVersion(3, { by: 1, unit: 'dozen' })]);
    events = new UpcastingEventStore(log, upcasters);
  });
  afterEach(() => events.close());

  it('is not folded', async () => {
    await expect(count(new AggregateStore(events, { upcasters }))).rejects.toThrow(UnknownEventVersion);
  });

  it('ends the subscription with the reason, and lets go of the store', async () => {
    const following = log.subscribe();
    const returned = jest.spyOn(following, 'return');
    jest.spyOn(log, 'subscribe').mockReturnValue(following);
    const subscribed = async () => {
      for await (const message of events.subscribe()) expect(message.kind).not.toBe('events');
    };
    await expect(subscribed()).rejects.toThrow(UnknownEventVersion);
    expect(returned).toHaveBeenCalledTimes(1);
  });
});
