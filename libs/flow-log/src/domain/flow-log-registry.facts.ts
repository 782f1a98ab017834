import type { FlowLogRequest } from './flow-log.commands';
import { FlowLogRejected } from './flow-log.errors';
import type { FlowLogTarget } from './flow-log-registry.events';
import type { ValidRequest } from './flow-log.request';
import type { ResourceType } from './flow-log.values';

/** What creation must know about the world around it; read from the other aggregates just before the decision. */
export interface CreationFacts {
  /** Undefined when there is no such resource of the wanted type. */
  readonly resource: { readonly vpcId: string; readonly regionId: string } | undefined;
  /** The type that the id does belong to, when it is not the wanted one. */
  readonly resourceIsA?: ResourceType;
  readonly target: TargetFacts;
}

export interface TargetFacts {
  readonly project: 'own' | 'foreign' | 'missing';
  readonly projectRegionId?: string;
  /** Internal id of the logstore; null when there is none. */
  readonly logstoreId: string | null;
}

/** Section 2.3, in its order. Accounts start with all three done; each can be switched off (DD-23). */
export interface Prerequisites {
  readonly flowLogServiceOpen: boolean;
  readonly deliveryAuthorized: boolean;
  readonly logServiceOpen: boolean;
}

export interface CreationPolicy extends Prerequisites {
  /** Flow logs an account may have (DD-09). */
  readonly quota: number;
  /** Whether anything but `all` is allowed as a traffic path (DC-09). */
  readonly userDefinedPaths: boolean;
}

export function assertPrerequisites(policy: Prerequisites): void {
  if (!policy.flowLogServiceOpen) {
    throw new FlowLogRejected('FlowLogServiceNotOpen', 'Open the flow log service for this account first');
  }
  if (!policy.deliveryAuthorized) {
    throw new FlowLogRejected('DeliveryNotAuthorized', 'Authorise delivery to the log service first');
  }
  if (!policy.logServiceOpen) {
    throw new FlowLogRejected('LogServiceNotOpen', 'Open the log service for this account first');
  }
}

/** DD-11. A resource of another region is no resource of this one. */
export function existingResource(
  { settings: { resourceType, resourceId, regionId } }: ValidRequest,
  { resource, resourceIsA }: CreationFacts,
): { vpcId: string; regionId: string } {
  if (resource && resource.regionId === regionId) return resource;
  if (resourceIsA) {
    throw new FlowLogRejected(
      'ResourceTypeMismatch',
      `${resourceId} is a ${resourceIsA}, not a ${resourceType}`,
      'resourceType',
    );
  }
  const where = regionId && ` in ${regionId}`;
  throw new FlowLogRejected(
    'ResourceNotFound',
    `There is no ${resourceType} ${resourceId}${where}`,
    'resourceId',
  );
}

/** What is still to be made. An own existing project or logstore is used as it is, retention included (DD-10). */
export function reservedTarget(
  request: FlowLogRequest,
  regionId: string,
  { project, projectRegionId, logstoreId }: TargetFacts,
): FlowLogTarget {
  const { projectName, logstoreName, createProject = false, createLogstore = false } = request;
  if (project === 'foreign') {
    throw new FlowLogRejected('ForeignProject', `The project name ${projectName} is taken`, 'projectName');
  }
  if (project === 'own' && projectRegionId !== regionId) {
    throw new FlowLogRejected(
      'ProjectInAnotherRegion',
      `Project ${projectName} lies in ${projectRegionId}, the flow log in ${regionId}`,
      'projectName',
    );
  }
  if (project === 'missing' && !createProject) {
    throw new FlowLogRejected('ProjectNotFound', `There is no project ${projectName}`, 'projectName');
  }
  if (logstoreId === null && !createLogstore) {
    throw new FlowLogRejected(
      'LogstoreNotFound',
      `There is no logstore ${logstoreName} in project ${projectName}`,
      'logstoreName',
    );
  }
  return {
    createProject: project === 'missing',
    createLogstore: logstoreId === null,
    enableLogAnalysisReport: request.enableLogAnalysisReport ?? false,
  };
}
