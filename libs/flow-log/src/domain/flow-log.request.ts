import type { FlowLogRequest } from './flow-log.commands';
import { FlowLogRejected } from './flow-log.errors';
import {
  defaultResourceGroup,
  validDescription,
  validInterval,
  validIpVersion,
  validLogstoreName,
  validName,
  validProjectName,
  validResourceGroup,
  validTags,
  validTrafficPath,
  validTrafficType,
} from './flow-log.rules';
import { resourceTypes } from './flow-log.values';
import type { FlowLogSettings, FlowLogTag, FlowLogText, ResourceType } from './flow-log.values';

export interface ValidRequest {
  /** `vpcId` is known only when the resource was found. */
  readonly settings: Omit<FlowLogSettings, 'vpcId'>;
  readonly text: FlowLogText;
  readonly tags: FlowLogTag[];
}

/**
 * Section 1.1, word by word, with the defaults of DD-16.
 * @param resourceRegion region of the resource, undefined when there is no such resource
 */
export function validRequest(
  request: FlowLogRequest,
  userDefinedPaths: boolean,
  resourceRegion: string | undefined,
): ValidRequest {
  for (const member of [
    'resourceType',
    'resourceId',
    'trafficType',
    'projectName',
    'logstoreName',
  ] as const) {
    if (!request[member]) throw new FlowLogRejected('MissingParameter', `${member} is needed`, member);
  }
  const { name, description, aggregationInterval = 10, ipVersion = 'IPv4', resourceId } = request;
  const text = {
    name: name === undefined ? '' : validName(name),
    description: description === undefined ? '' : validDescription(description),
  };
  const resourceType = supportedResourceType(request.resourceType);
  if (resourceId.length > 128) {
    throw new FlowLogRejected('InvalidParameter', 'resourceId has at most 128 characters', 'resourceId');
  }
  const trafficType = validTrafficType(request.trafficType);
  const regionId = request.regionId ?? resourceRegion ?? '';
  return {
    settings: {
      regionId,
      resourceType,
      resourceId,
      trafficType,
      trafficPath: validTrafficPath(request.trafficPath ?? [], trafficType, userDefinedPaths),
      aggregationInterval: validInterval(aggregationInterval),
      ipVersion:
        regionId === '' && ipVersion === 'DualStack' ? ipVersion : validIpVersion(ipVersion, regionId),
      projectName: validProjectName(request.projectName),
      logstoreName: validLogstoreName(request.logstoreName),
      resourceGroupId: validResourceGroup(request.resourceGroupId ?? defaultResourceGroup),
    },
    text,
    tags: validTags(request.tags ?? []),
  };
}

function supportedResourceType(resourceType: string): ResourceType {
  const known = resourceTypes.find((type) => type === resourceType);
  if (known) return known;
  throw new FlowLogRejected(
    'UnsupportedResourceType',
    `resourceType is one of ${resourceTypes.join(', ')}`,
    'resourceType',
  );
}
