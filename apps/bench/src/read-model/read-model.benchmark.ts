import { logPosition } from '@flowledger/event-sourcing';
import type { DocumentWrite, Filter, FindOptions, ReadModel } from '@flowledger/event-sourcing';
import { flowLogStatus } from '@flowledger/flow-log';
import type { FlowLogDocument } from '@flowledger/flow-log';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';
import type { Benchmark, Progress } from '../benchmark';
import { spreadOf } from '../support/statistics';
import type { Spread } from '../support/statistics';
import { timed } from '../support/stopwatch';
import { inTemporaryDirectory } from '../support/temporary-directory';

const documents = 10_000;
const requests = 200;
const accountId = '1000000000000001';
const epoch = Date.UTC(2026, 0, 1);

/** One in ten is stopped; the rest of what lists filter by is the same for all, the worst case of an index. */
const documentAt = (index: number): object => ({
  flowLogId: `fl-bench${String(index).padStart(6, '0')}`,
  accountId,
  name: `flow-log-${index}`,
  description: 'd'.repeat(200),
  resourceType: 'NetworkInterface',
  resourceId: `eni-bench${index}`,
  vpcId: 'vpc-bench0001',
  trafficType: 'All',
  projectName: 'bench-project',
  logstoreName: 'bench-logstore',
  status: index % 10 === 0 ? 'Inactive' : 'Active',
  health: index % 10 === 0 ? 'Idle' : 'Delivering',
  createdAt: new Date(epoch + index * 1_000).toISOString(),
  logstoreId: 'ls-bench',
  tags: [],
});

const filters: Readonly<Record<string, (index: number) => Filter<FlowLogDocument>>> = {
  'no filter': () => ({}),
  name: (index) => ({ name: `flow-log-${index}` }),
  'health of most': () => ({ health: 'Delivering' }),
  'health of a tenth': () => ({ health: 'Idle' }),
  'health of none': () => ({ health: 'Stalled' }),
  'project of all': () => ({ projectName: 'bench-project' }),
  'status and health': () => ({ status: 'Active', health: 'Delivering' }),
};

async function fill(store: EmbeddedReadModelStore): Promise<number> {
  await store.define([flowLogStatus]);
  const writeAt = (index: number): DocumentWrite => {
    const readModel = flowLogStatus as unknown as ReadModel<never>;
    const document = documentAt(index);
    return { readModel, accountId, id: `fl-${index}`, document, position: logPosition(index + 1) };
  };
  return timed(async () => {
    for (let from = 0; from < documents; from += 500) {
      const writes = Array.from({ length: 500 }, (_, offset) => writeAt(from + offset));
      await store.commit({ consumer: 'bench', writes, checkpoint: { position: logPosition(from + 500) } });
    }
  });
}

async function measure(directory: string, progress: Progress) {
  const store = await EmbeddedReadModelStore.open({ directory });
  const lists: Record<string, Spread> = {};
  try {
    const filledIn = await fill(store);
    progress(`${documents} documents written in ${Math.round(filledIn)} ms`);
    for (const [name, filterAt] of Object.entries(filters)) {
      for (const direction of ['ascending', 'descending'] as const) {
        const samples: number[] = [];
        for (let request = 0; request < requests; request++) {
          const options: FindOptions<FlowLogDocument> = {
            filter: filterAt((request * 7_919) % documents),
            sort: { by: 'createdAt', direction },
            limit: 20,
          };
          samples.push(await timed(() => store.find(flowLogStatus, accountId, options)));
        }
        lists[`${name}, ${direction}`] = spreadOf(samples);
      }
    }
    return { documents, filledIn: Math.round(filledIn), lists };
  } finally {
    await store.close();
  }
}

export const readModel: Benchmark = {
  name: 'read-model',
  about: `lists of ${documents} documents of the embedded read model, sorted by time both ways`,
  async run(progress) {
    const raw = await inTemporaryDirectory((directory) => measure(directory, progress));
    const figures = Object.entries(raw.lists).flatMap(([name, { p50, p99 }]) => [
      { name: `${name}, p50`, value: p50, unit: 'ms' },
      { name: `${name}, p99`, value: p99, unit: 'ms', promise: { atMost: 20 } },
    ]);
    return { figures, raw };
  },
};
