import { regionalId } from '@flowledger/flow-record';

export type ResourcePrefix = 'vpc' | 'vsw' | 'eni';

/** A repeated command gets the same id. */
export const resourceIdFor = (prefix: ResourcePrefix, regionId: string, commandId: string): string =>
  regionalId(prefix, regionId, `${prefix}/${commandId}`);

export const isResourceId = (prefix: ResourcePrefix, id: string): boolean =>
  id.startsWith(`${prefix}-`) && /^[a-z0-9]{1,40}$/.test(id.slice(4));
