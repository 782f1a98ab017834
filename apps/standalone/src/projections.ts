import { accessProjections } from '@flowledger/access';
import { collectionScopeProjections } from '@flowledger/collection-scope';
import { erasing } from '@flowledger/erasure';
import type { SubjectKind } from '@flowledger/erasure';
import type { AnyProjection, ReadModel } from '@flowledger/event-sourcing';
import { flowLogLifecycle, flowLogProjections } from '@flowledger/flow-log';
import { logServiceProjections } from '@flowledger/log-service';
import { networkProjections } from '@flowledger/network';
import { processProjections } from '@flowledger/process-managers';

const texts = ['name', 'description'];
/** Read models that show free text, whose it is, and in which members. */
const erasable: Readonly<Record<string, readonly [SubjectKind, readonly string[]]>> = {
  tokens: ['token', ['name']],
  'flow-log-status': ['flowLog', texts],
  vpcs: ['vpc', texts],
  'v-switches': ['vSwitch', texts],
  projects: ['project', ['description']],
};

export const projections: readonly AnyProjection[] = [
  ...networkProjections,
  ...logServiceProjections,
  ...accessProjections,
  ...flowLogProjections,
  ...collectionScopeProjections,
].map((projection) => {
  const [kind, members] = erasable[projection.readModel.name] ?? [];
  return kind && members ? erasing(projection, kind, members) : projection;
});

/** Of everything that is folded, what process managers need among it. */
export const foldedReadModels: readonly ReadModel<never>[] = [
  ...projections,
  ...processProjections(flowLogLifecycle.name),
  ...processProjections('delivery'),
].map(({ readModel }) => readModel);
