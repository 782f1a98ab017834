import { regionalId } from '@flowledger/flow-record';

/** `fl-bp1…`: 21 lower-case letters and digits after `fl-`. A repeated command gets the same id. */
export const flowLogIdFor = (regionId: string, commandId: string): string =>
  regionalId('fl', regionId, commandId);
