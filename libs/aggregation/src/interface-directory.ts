import type { PlannedInterface } from '@flowledger/flow-record';
import { canonicalAddress } from '@flowledger/flow-record';

/** The planned interfaces by id and by address. Overlapping VPCs let several own one address (DD-31). */
export class InterfaceDirectory {
  private readonly byId = new Map<string, PlannedInterface>();
  private readonly byAddress = new Map<string, PlannedInterface[]>();

  constructor(readonly interfaces: readonly PlannedInterface[]) {
    for (const planned of interfaces) {
      this.byId.set(planned.networkInterfaceId, planned);
      for (const address of new Set(planned.addresses.map((text) => canonicalAddress(text) ?? text))) {
        const owners = this.byAddress.get(address);
        if (owners) owners.push(planned);
        else this.byAddress.set(address, [planned]);
      }
    }
  }

  find(networkInterfaceId: string): PlannedInterface | undefined {
    return this.byId.get(networkInterfaceId);
  }

  /** `address` in the spelling observations carry. */
  owners(address: string): readonly PlannedInterface[] {
    return this.byAddress.get(address) ?? [];
  }

  owns(planned: PlannedInterface, address: string): boolean {
    return this.owners(address).includes(planned);
  }
}
