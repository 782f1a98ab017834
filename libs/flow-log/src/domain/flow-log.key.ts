import type { FlowLogSettings } from './flow-log.values';

/** What may exist once an account (DD-01); the order of the paths does not matter. */
export const flowLogKey = ({
  resourceType,
  resourceId,
  trafficPath,
}: Pick<FlowLogSettings, 'resourceType' | 'resourceId' | 'trafficPath'>): string =>
  `${resourceType}/${resourceId}/${[...trafficPath].sort().join('+')}`;
