import type { Decider } from '@flowledger/event-sourcing';
import type { FlowLogRequest } from './flow-log.commands';
import { FlowLogRejected } from './flow-log.errors';
import { assertPrerequisites, existingResource, reservedTarget } from './flow-log-registry.facts';
import type { CreationFacts, CreationPolicy } from './flow-log-registry.facts';
import type { FlowLogRegistryEvent, FlowLogReserved } from './flow-log-registry.events';
import { validRequest } from './flow-log.request';
import { flowLogKey } from './flow-log.key';

export type FlowLogRegistryCommand =
  | {
      readonly type: 'CreateFlowLog';
      readonly flowLogId: string;
      readonly request: FlowLogRequest;
      /** Looked up before the decision. */
      readonly facts: CreationFacts;
      readonly policy: CreationPolicy;
    }
  | { readonly type: 'ReleaseFlowLog'; readonly flowLogId: string };

/** Folded in place: the ten-thousandth creation costs what the tenth did. */
export interface FlowLogRegistry {
  readonly reservations: Map<string, FlowLogReserved['data']>;
  /** Key to flow log id. */
  readonly keys: Map<string, string>;
}

/** Uniqueness (DD-01), quota (DD-09) and everything else that a creation can be refused for, in one append. */
export const flowLogRegistryDecider: Decider<FlowLogRegistry, FlowLogRegistryCommand, FlowLogRegistryEvent> =
  {
    initialState: () => ({ reservations: new Map(), keys: new Map() }),

    decide(command, { reservations, keys }) {
      const { flowLogId } = command;
      if (command.type === 'ReleaseFlowLog') {
        const reserved = reservations.get(flowLogId);
        return reserved ? [{ type: 'FlowLogReleased', data: { flowLogId, key: reserved.key } }] : [];
      }
      const { request, facts, policy } = command;
      const valid = validRequest(request, policy.userDefinedPaths, facts.resource?.regionId);
      assertPrerequisites(policy);
      const resource = existingResource(valid, facts);
      const target = reservedTarget(request, resource.regionId, facts.target);
      const key = flowLogKey(valid.settings);
      const holder = keys.get(key);
      if (holder !== undefined) {
        throw new FlowLogRejected(
          'FlowLogAlreadyExists',
          `${request.resourceId} already has the flow log ${holder} on the same traffic path`,
        );
      }
      if (reservations.size >= policy.quota) {
        throw new FlowLogRejected('QuotaExceeded', `The account has its ${policy.quota} flow logs already`);
      }
      const settings = { ...valid.settings, vpcId: resource.vpcId, regionId: resource.regionId };
      const { text, tags } = valid;
      return [{ type: 'FlowLogReserved', data: { flowLogId, key, settings, text, tags, target } }];
    },

    evolve(registry, { type, data }) {
      if (type === 'FlowLogReserved') {
        registry.reservations.set(data.flowLogId, data);
        registry.keys.set(data.key, data.flowLogId);
      } else {
        registry.reservations.delete(data.flowLogId);
        registry.keys.delete(data.key);
      }
      return registry;
    },
  };
