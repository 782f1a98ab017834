import { AggregateStore, newId } from '@flowledger/event-sourcing';
import { EventStoreDbEventStore } from '@flowledger/event-store-eventstoredb';
import type { Benchmark, Figure, Progress } from '../benchmark';
import { workload } from '../event-store/workload';
import { median, rounded } from '../support/statistics';
import { timed } from '../support/stopwatch';
import { BareClient } from './bare-client';
import { append, fold, handle } from './load';
import type { Work } from './load';

const rounds = 3;
const callers = 64;
const perCaller = 80;
const variable = 'FLOWLEDGER_EVENTSTORE_URL';

interface Round {
  readonly what: string;
  readonly store: number;
  readonly bare: number;
}

/** What is compared, and what of the bare client's rate the adapter must reach. */
const promises: Readonly<Record<string, number>> = {
  'appends, 64 callers': 0.8,
  'load, decide, append, warm': 0.65,
  'load, decide, append, cold': 0.8,
  'filtered subscription, folded': 0.7,
};

async function measure(url: string, progress: Progress): Promise<Round[]> {
  const store = await EventStoreDbEventStore.connect({ connectionString: url });
  const bare = new BareClient(url);
  const warm = new AggregateStore(store);
  const run = newId().slice(0, 8);
  const taken: Round[] = [];
  const compare = async (
    what: string,
    events: number,
    ours: () => Promise<unknown>,
    theirs: () => Promise<unknown>,
  ) => {
    const rate = async (work: () => Promise<unknown>) => rounded((events * 1_000) / (await timed(work)));
    const result = { what, store: await rate(ours), bare: await rate(theirs) };
    taken.push(result);
    progress(`${what}: ${result.store} events/s, bare ${result.bare}`);
  };
  const tail = (work: Work): Work => work.map(({ stream, events }) => ({ stream, events: events.slice(1) }));
  const heads = (work: Work): Work =>
    work.map(({ stream, events }) => ({ stream, events: events.slice(0, 1) }));
  try {
    for (let round = 0; round <= rounds; round++) {
      const work = (kind: string, count = perCaller) => workload(callers, count, `${run}-${round}-${kind}`);
      const all = callers * perCaller;
      const [ours, theirs] = [work('ours'), work('theirs')];
      await compare(
        'appends, 64 callers',
        all,
        () => append(store, ours),
        () => bare.append(theirs),
      );

      const [warmed, plain] = [work('warm', perCaller + 1), work('plain', perCaller)];
      await handle(warm, heads(warmed));
      await compare(
        'load, decide, append, warm',
        all,
        () => handle(warm, tail(warmed)),
        () => bare.append(plain),
      );

      const [cold, read] = [work('cold', 9), work('read', 9)];
      await append(store, heads(cold));
      await bare.append(heads(read));
      const stranger = () => new AggregateStore(store, { cachedStreams: 0 });
      await compare(
        'load, decide, append, cold',
        callers * 8,
        () => handle(stranger(), tail(cold)),
        () => bare.readAndAppend(tail(read)),
      );

      const prefix = `bench-${run}-`;
      const count = (round + 1) * callers * (2 * perCaller + (perCaller + 1) + perCaller + 18);
      await compare(
        'filtered subscription, folded',
        count,
        () => fold(store, prefix, count),
        () => bare.subscribe(prefix, count),
      );
      // The first round warms everything up.
      if (round === 0) taken.length = 0;
    }
  } finally {
    await store.close();
    await bare.dispose();
  }
  return taken;
}

const figuresOf = (taken: readonly Round[]): Figure[] =>
  Object.entries(promises).flatMap(([what, atLeast]) => {
    const rows = taken.filter((row) => row.what === what);
    return [
      { name: what, value: median(rows.map((row) => row.store)), unit: 'events/s' },
      { name: `${what}, bare client`, value: median(rows.map((row) => row.bare)), unit: 'events/s' },
      {
        name: `${what}, adapter to bare`,
        value: median(rows.map((row) => row.store / row.bare)),
        unit: 'ratio',
        promise: { atLeast },
      },
    ];
  });

export const eventStoreDb: Benchmark = {
  name: 'eventstoredb',
  about: `the EventStoreDB adapter beside the bare client in the same run, on the server that ${variable} names`,
  async run(progress) {
    const url = process.env[variable];
    if (!url) {
      progress(`n/a: ${variable} names no server`);
      return { figures: [], raw: { notApplicable: `${variable} names no server` } };
    }
    const raw = await measure(url, progress);
    return { figures: figuresOf(raw), raw };
  },
};
