import type { PlannedInterface } from '@flowledger/flow-record';
import { canonicalAddress } from '@flowledger/flow-record';

/** The planned interfaces by id and by address. Overlapping VPCs let several own one address (DD-31). */
export class InterfaceDirectory {
  private readonly byId = new Map<string, PlannedInterface>();
  private readonly byAddress = new Map<string, PlannedInterface[]>();
  private known = new Set<PlannedInterface>();

  constructor(interfaces: readonly PlannedInterface[]) {
    this.take(interfaces);
  }

  /** Holds these from now on. An interface that is the same object as before costs next to nothing. */
  take(interfaces: readonly PlannedInterface[]): void {
    const present = new Set(interfaces);
    for (const planned of this.known) if (!present.has(planned)) this.remove(planned);
    for (const planned of present) if (!this.known.has(planned)) this.add(planned);
    this.known = present;
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

  private add(planned: PlannedInterface): void {
    this.byId.set(planned.networkInterfaceId, planned);
    for (const address of addressesOf(planned)) {
      const owners = this.byAddress.get(address);
      if (owners) owners.push(planned);
      else this.byAddress.set(address, [planned]);
    }
  }

  private remove(planned: PlannedInterface): void {
    if (this.byId.get(planned.networkInterfaceId) === planned) this.byId.delete(planned.networkInterfaceId);
    for (const address of addressesOf(planned)) {
      const owners = this.owners(address).filter((owner) => owner !== planned);
      if (owners.length > 0) this.byAddress.set(address, owners);
      else this.byAddress.delete(address);
    }
  }
}

const addressesOf = ({ addresses }: PlannedInterface): Set<string> =>
  new Set(addresses.map((text) => canonicalAddress(text) ?? text));
