import { streamRevision } from '@flowledger/event-sourcing';
import type { ExpectedRevision } from '@flowledger/event-sourcing';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import type { Benchmark, Figure, Progress } from '../benchmark';
import { median, rounded } from '../support/statistics';
import { timed } from '../support/stopwatch';
import { inTemporaryDirectory } from '../support/temporary-directory';
import { BareSqlite } from './bare-sqlite';
import { workload } from './workload';
import type { Workload } from './workload';

const rounds = 5;
const loads = [
  { callers: 1, perCaller: 400 },
  { callers: 64, perCaller: 80 },
  { callers: 256, perCaller: 40 },
];

interface Round {
  readonly callers: number;
  readonly store: number;
  readonly bare: number;
}

/** Each caller waits for its answer before it appends again, to its own stream at the revision it knows. */
const append = (store: EmbeddedEventStore, work: Workload): Promise<unknown> =>
  Promise.all(
    work.map(async ({ stream, events }) => {
      let expected: ExpectedRevision = 'no-stream';
      for (const [revision, event] of events.entries()) {
        await store.append(stream, expected, [event]);
        expected = streamRevision(revision);
      }
    }),
  );

async function replay(store: EmbeddedEventStore): Promise<number> {
  let events = 0;
  for await (const { data } of store.readAll()) if (data) events += 1;
  return events;
}

async function measure(directory: string, progress: Progress) {
  const store = await EmbeddedEventStore.open({ directory });
  const bare = new BareSqlite(directory);
  const appends: Round[] = [];
  const replays: { events: number; store: number; bare: number }[] = [];
  const perSecond = (count: number, milliseconds: number) => rounded((count * 1000) / milliseconds);
  try {
    for (let round = 0; round <= rounds; round++) {
      for (const { callers, perCaller } of loads) {
        const work = workload(callers, perCaller, `${round}-${callers}`);
        const events = callers * perCaller;
        const result = {
          callers,
          store: perSecond(events, await timed(() => append(store, work).then(() => undefined))),
          bare: perSecond(events, await timed(() => bare.append(work))),
        };
        // The first round warms both up.
        if (round > 0) appends.push(result);
        progress(`round ${round}, ${callers} callers: ${result.store} events/s, bare ${result.bare}`);
      }
    }
    for (let round = 0; round < rounds; round++) {
      let events = 0;
      const took = await timed(async () => void (events = await replay(store)));
      const bareTook = await timed(() => void bare.replay());
      replays.push({ events, store: perSecond(events, took), bare: perSecond(events, bareTook) });
    }
    progress(`replayed ${replays[0]!.events} events ${rounds} times`);
  } finally {
    await store.close();
    bare.close();
  }
  return { appends, replays };
}

const compared = (name: string, rows: readonly { store: number; bare: number }[]): Figure[] => [
  { name, value: median(rows.map(({ store }) => store)), unit: 'events/s' },
  { name: `${name}, bare SQLite`, value: median(rows.map(({ bare }) => bare)), unit: 'events/s' },
  {
    name: `${name}, store to bare`,
    value: median(rows.map(({ store, bare }) => store / bare)),
    unit: 'ratio',
  },
];

export const eventStore: Benchmark = {
  name: 'event-store',
  about: 'durable appends and full replay of the embedded event store, beside bare SQLite in the same run',
  async run(progress) {
    const raw = await inTemporaryDirectory((directory) => measure(directory, progress));
    const figures = loads.flatMap(({ callers }) =>
      compared(
        callers === 1 ? 'durable appends, one after the other' : `durable appends, ${callers} callers`,
        raw.appends.filter((round) => round.callers === callers),
      ),
    );
    return { figures: [...figures, ...compared('full replay', raw.replays)], raw };
  },
};
