import type { CreationPolicy } from './domain/flow-log-registry.facts';

/** What a deployment decides about flow logs; also the Nest token. */
export abstract class FlowLogOptions implements CreationPolicy {
  abstract readonly quota: number;
  abstract readonly userDefinedPaths: boolean;
  abstract readonly flowLogServiceOpen: boolean;
  abstract readonly deliveryAuthorized: boolean;
  abstract readonly logServiceOpen: boolean;
}

export const defaultFlowLogOptions: FlowLogOptions = {
  quota: 10,
  userDefinedPaths: true,
  flowLogServiceOpen: true,
  deliveryAuthorized: true,
  logServiceOpen: true,
};
