import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProjectionRunner } from '@flowledger/event-sourcing';
import type { AnyProjection } from '@flowledger/event-sourcing';
import { flowLogLifecycle } from '@flowledger/flow-log';
import { processProjections } from '@flowledger/process-managers';
import { compareGenerations } from '@flowledger/projection-generations';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';
import { projections } from '../../../apps/standalone/src/projections';
import type { StoresAtRest } from '../deployment/deployment';
import { Findings } from './check';
import type { Check } from './check';

const all: readonly AnyProjection[] = [
  ...projections,
  ...[flowLogLifecycle.name, 'delivery'].flatMap((process) => processProjections(process)),
];

/** Every document of every read model against a fold of the whole log from nothing, on a store of its own. */
export async function documentsAgainstFold({ events, readModels }: StoresAtRest): Promise<Check> {
  const findings = new Findings();
  const directory = await mkdtemp(join(tmpdir(), 'flowledger-fold-'));
  const candidate = await EmbeddedReadModelStore.open({ directory });
  const runner = new ProjectionRunner({ events, readModels: candidate, projections: all });
  try {
    await runner.start();
    const head = await events.head();
    if (head && !(await runner.reached(head, 120_000)))
      findings.problem('the fold from nothing does not get to the end');
    findings.expect(runner.parkedCount === 0, () => `${runner.parkedCount} events cannot be folded`);
    await readModels.define(all.map(({ readModel }) => readModel));
    const compared = await compareGenerations({
      serving: readModels,
      candidate,
      readModels: all.map(({ readModel }) => readModel),
      settled: () => Promise.resolve(),
    });
    for (const { readModel, serving } of compared.readModels) findings.count(readModel, serving);
    for (const { readModel, id, serving, candidate: fold } of compared.differences)
      findings.problem(
        `${readModel} ${id}: stored ${JSON.stringify(serving)}, folded ${JSON.stringify(fold)}`,
      );
    findings.expect(compared.unsettled === 0, () => `${compared.unsettled} documents still change`);
    return findings.as('documents against a fold from nothing');
  } finally {
    await runner.stop();
    await candidate.close();
    await rm(directory, { recursive: true, force: true });
  }
}
