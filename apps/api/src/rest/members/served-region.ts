import { InvalidInput } from '../../http/http-errors';
import type { DoorOptions } from '../../ports';

/** The first of the served regions when none is named. @throws InvalidInput */
export function servedRegion({ regions }: DoorOptions, regionId = regions[0]!): string {
  if (regions.includes(regionId)) return regionId;
  throw new InvalidInput([{ path: 'regionId', message: `must be one of ${regions.join(', ')}` }]);
}
