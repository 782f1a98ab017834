import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { AggregateStore } from './aggregate-store';
import type { CommandContext } from './aggregate-store';
import type { Decider } from './decider';
import { UnknownOutcome, WrongExpectedRevision } from './errors';
import type { Event, NewEvent, RecordedEvent } from './event';
import { deterministicId, eventId, newId } from './event-ids';
import { EventStore } from './event-store';
import type { AppendResult, ExpectedRevision, ReadStreamOptions } from './event-store';
import { Rejected } from './rejected';

type Taken = Event<'SeatsTaken', { readonly seats: number }>;
type Take = { readonly type: 'TakeSeats'; readonly seats: number; readonly events?: number };
class SeatsRejected extends Rejected<'SoldOut'> {}

const seats: Decider<{ taken: number }, Take, Taken> = {
  initialState: () => ({ taken: 0 }),
  decide(command, { taken }) {
    if (taken + command.seats > 5) throw new SeatsRejected('SoldOut', `${taken} are taken`);
    return Array.from({ length: command.events ?? 1 }, () => ({
      type: 'SeatsTaken' as const,
      data: { seats: command.seats },
    }));
  },
  evolve(state, { data }) {
    state.taken += data.seats;
    return state;
  },
};

/** The real log, with a fault at the next append and a record of where reads began. */
class FaultyLog extends EventStore {
  readonly readsFrom: (bigint | undefined)[] = [];
  appending = 0;
  mostAppending = 0;
  /** Runs once, right before the next append. */
  before: (() => Promise<unknown>) | undefined;
  loseAnswer = false;

  constructor(private readonly log: EventStore) {
    super();
  }

  async append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<AppendResult> {
    this.mostAppending = Math.max(this.mostAppending, ++this.appending);
    try {
      const before = this.before;
      this.before = undefined;
      await before?.();
      const result = await this.log.append(stream, expected, events);
      if (this.loseAnswer) {
        this.loseAnswer = false;
        throw new UnknownOutcome(stream);
      }
      return result;
    } finally {
      this.appending--;
    }
  }

  readStream(stream: string, options: ReadStreamOptions = {}): AsyncIterable<RecordedEvent> {
    this.readsFrom.push(options.from);
    return this.log.readStream(stream, options);
  }

  readAll: EventStore['readAll'] = (options) => this.log.readAll(options);
  subscribe: EventStore['subscribe'] = (options) => this.log.subscribe(options);
  head: EventStore['head'] = () => this.log.head();
  close: EventStore['close'] = () => this.log.close();
}

const context = (commandId: string): CommandContext => ({
  commandId,
  correlationId: deterministicId('correlation'),
  causationId: deterministicId('cause'),
  actor: 'token-1',
  accountId: '1000000000000001',
  regionId: 'cn-hangzhou',
});
const take = (count: number, events = 1): Take => ({ type: 'TakeSeats', seats: count, events });
const stream = 'show-1';

describe('an aggregate store', () => {
  let directory: string;
  let log: FaultyLog;
  let store: AggregateStore;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'aggregate-store-'));
    log = new FaultyLog(await EmbeddedEventStore.open({ directory }));
    store = new AggregateStore(log);
  });
  afterEach(async () => {
    await log.close();
    rmSync(directory, { recursive: true });
  });
  const recorded = async (): Promise<RecordedEvent[]> => {
    const events: RecordedEvent[] = [];
    for await (const event of log.readStream(stream)) events.push(event);
    return events;
  };

  it('records who asked for what, and why, with every event', async () => {
    const commandId = newId();
    await store.handle(stream, seats, take(1, 2), { ...context(commandId), traceId: 't', spanId: 's' });
    const events = await recorded();
    expect(events.map(({ id }) => id)).toEqual([eventId(commandId, 0), eventId(commandId, 1)]);
    expect(events[1]!.metadata).toEqual({
      $correlationId: deterministicId('correlation'),
      $causationId: deterministicId('cause'),
      actor: 'token-1',
      accountId: '1000000000000001',
      regionId: 'cn-hangzhou',
      traceId: 't',
      spanId: 's',
      command: 'TakeSeats',
      schemaVersion: 1,
    });
  });

  it.each(['in the same process', 'after a restart'])(
    'carries a command out once and answers as at first, %s',
    async (when) => {
      const commandId = newId();
      const first = await store.handle(stream, seats, take(1, 2), context(commandId));
      await store.handle(stream, seats, take(2), context(newId()));
      const again = when === 'after a restart' ? new AggregateStore(log) : store;
      const repeated = await again.handle(stream, seats, take(1, 2), context(commandId));
      expect(repeated).toMatchObject({ revision: first.revision, position: first.position });
      expect(repeated.events).toHaveLength(2);
      expect(await recorded()).toHaveLength(3);
    },
  );

  it('finds, when the answer was lost, what the command did', async () => {
    const commandId = newId();
    log.loseAnswer = true;
    await expect(store.handle(stream, seats, take(3), context(commandId))).rejects.toThrow(UnknownOutcome);
    const { revision, state } = await store.handle(stream, seats, take(3), context(commandId));
    expect({ revision, state }).toEqual({ revision: 0n, state: { taken: 3 } });
    expect(await recorded()).toHaveLength(1);
  });

  it('decides again on the new state after a race, with the same event ids', async () => {
    await store.load(stream, seats);
    const rival = new AggregateStore(log);
    log.before = () => rival.handle(stream, seats, take(1), context(newId()));
    const commandId = newId();
    const { state, revision } = await store.handle(stream, seats, take(2), context(commandId));
    expect({ state, revision }).toEqual({ state: { taken: 3 }, revision: 1n });
    expect((await recorded())[1]!.id).toBe(eventId(commandId, 0));
  });

  it('ends races in the refusal of the domain', async () => {
    const rivals = Array.from({ length: 8 }, () => new AggregateStore(log));
    const race = await Promise.allSettled(
      rivals.map((rival) => rival.handle(stream, seats, take(1), context(newId()))),
    );
    const lost = race.filter((result) => result.status === 'rejected');
    expect(lost).toHaveLength(3);
    for (const { reason } of lost) expect(reason).toBeInstanceOf(SeatsRejected);
  });

  it('gives a race back once its time is over', async () => {
    const hasty = new AggregateStore(log, { raceBudgetMilliseconds: -1 });
    await hasty.load(stream, seats);
    log.before = () => store.handle(stream, seats, take(1), context(newId()));
    await expect(hasty.handle(stream, seats, take(1), context(newId()))).rejects.toThrow(
      WrongExpectedRevision,
    );
  });

  it('reads only the tail of a stream that it keeps', async () => {
    await store.handle(stream, seats, take(1), context(newId()));
    await store.handle(stream, seats, take(1), context(newId()));
    expect(log.readsFrom).toEqual([undefined, 1n]);
  });

  it('forgets the stream that was used longest ago', async () => {
    const small = new AggregateStore(log, { cachedStreams: 2 });
    for (const name of ['show-1', 'show-2', 'show-1', 'show-3']) {
      await small.handle(name, seats, take(1), context(newId()));
    }
    log.readsFrom.length = 0;
    await small.load('show-1', seats);
    await small.load('show-2', seats);
    expect(log.readsFrom).toEqual([2n, undefined]);
  });

  it('keeps the state as it was when a command is refused', async () => {
    await store.handle(stream, seats, take(4), context(newId()));
    await expect(store.handle(stream, seats, take(2), context(newId()))).rejects.toThrow(SeatsRejected);
    expect(await store.load(stream, seats)).toMatchObject({ state: { taken: 4 }, revision: 0n });
  });

  it('folds anew after a fold that failed half-way', async () => {
    let fails = true;
    const brittle: typeof seats = {
      ...seats,
      evolve(state, event) {
        const next = seats.evolve(state, event);
        if (fails && next.taken === 2) throw new Error('half-way');
        return next;
      },
    };
    await expect(store.handle(stream, brittle, take(1, 3), context(newId()))).rejects.toThrow('half-way');
    fails = false;
    expect((await store.load(stream, brittle)).state).toEqual({ taken: 3 });
  });

  it('carries out the commands of one stream one after the other', async () => {
    await Promise.all([1, 2, 3].map(() => store.handle(stream, seats, take(1), context(newId()))));
    expect(log.mostAppending).toBe(1);
    expect((await recorded()).map(({ revision }) => revision)).toEqual([0n, 1n, 2n]);
  });

  it('goes on with the next command after one that failed', async () => {
    const results = await Promise.allSettled(
      [take(6), take(1)].map((command) => store.handle(stream, seats, command, context(newId()))),
    );
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });
});
