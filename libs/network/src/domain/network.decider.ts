import type { Decider } from '@flowledger/event-sourcing';
import type { NetworkCommand } from './network.commands';
import type { NetworkEvent } from './network.events';
import {
  changeNetworkInterface,
  createNetworkInterface,
  deleteNetworkInterface,
} from './network-interface.decisions';
import { emptyNetwork, evolveNetwork } from './network.state';
import type { Network } from './network.state';
import { createVSwitch, deleteVSwitch } from './v-switch.decisions';
import { createVpc, deleteVpc } from './vpc.decisions';

/** Refusals come in the order of the public interface: what is malformed, missing, outdated, in conflict. */
export const networkDecider: Decider<Network, NetworkCommand, NetworkEvent> = {
  initialState: emptyNetwork,
  decide(command, network) {
    switch (command.type) {
      case 'CreateVpc':
        return createVpc(command, network);
      case 'DeleteVpc':
        return deleteVpc(command, network);
      case 'CreateVSwitch':
        return createVSwitch(command, network);
      case 'DeleteVSwitch':
        return deleteVSwitch(command, network);
      case 'CreateNetworkInterface':
        return createNetworkInterface(command, network);
      case 'ChangeNetworkInterface':
        return changeNetworkInterface(command, network);
      case 'DeleteNetworkInterface':
        return deleteNetworkInterface(command, network);
    }
  },
  evolve: evolveNetwork,
};
