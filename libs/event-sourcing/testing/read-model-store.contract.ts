import { commitsContract } from './read-model-store-commits';
import { cursorsContract } from './read-model-store-cursors';
import { documentsContract } from './read-model-store-documents';
import { leasesContract } from './read-model-store-leases';
import { oracleContract } from './read-model-store-oracle';
import { queriesContract } from './read-model-store-queries';
import { rebuildContract } from './read-model-store-rebuild';
import type { ReadModelStoreHarness } from './read-model-store-samples';
import { readModels } from './read-model-store-samples';

/**
 * Every promise of the {@link ReadModelStore} port, as one suite that each adapter runs.
 * Indexed values have one order in every store: missing and null, numbers, strings by code point, false, true.
 */
export function readModelStoreContract(name: string, harness: ReadModelStoreHarness): void {
  describe(`a read model store: ${name}`, () => {
    const opened = async () => {
      const store = await harness.open();
      await store.define(readModels);
      return store;
    };
    afterAll(() => harness.close?.());

    documentsContract(opened);
    queriesContract(opened);
    cursorsContract(opened);
    commitsContract(opened);
    rebuildContract(opened, harness);
    leasesContract(opened);
    oracleContract(opened);
  });
}
