import { readConfig } from '../../../apps/standalone/src/config';
import { closeStores, openStores } from '../../../apps/standalone/src/stores';
import type { StoresAtRest } from './deployment';

/** Opens the stores that a process with this environment would use, as it would: data opened, events in their current shape. */
export async function storesOf(environment: Readonly<Record<string, string>>): Promise<StoresAtRest> {
  const stores = await openStores(readConfig({ ...environment }, false));
  const { events, readModels } = stores;
  return { events, readModels, close: () => closeStores(stores) };
}
