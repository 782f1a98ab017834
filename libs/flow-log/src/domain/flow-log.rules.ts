import { isTrafficPath, takesAllPaths, trafficPaths } from '@flowledger/flow-record';
import { FlowLogRejected } from './flow-log.errors';
import type { FlowLogErrorCode } from './flow-log.errors';
import { aggregationIntervals, ipVersions, trafficTypes } from './flow-log.values';
import type { AggregationInterval, FlowLogTag, IpVersion, TrafficType } from './flow-log.values';

const refuse = (code: FlowLogErrorCode, detail: string, path: string): never => {
  throw new FlowLogRejected(code, detail, path);
};

const oneOf = <Value extends string | number>(
  values: readonly Value[],
  value: string | number,
  code: FlowLogErrorCode,
  path: string,
): Value =>
  values.find((known) => known === value) ??
  refuse(code, `${path} is one of ${values.join(', ')}, not ${String(value).slice(0, 60)}`, path);

const isPlainText = (text: string, longest: number): boolean =>
  text.length > 0 && [...text].length <= longest && !/^https?:\/\//.test(text);

/** 1 to 128 characters, not an address (DC-03). */
export const validName = (name: string): string =>
  isPlainText(name, 128)
    ? name
    : refuse(
        'InvalidName',
        'name has 1 to 128 characters and does not begin with http:// or https://',
        'name',
      );

export const validDescription = (description: string): string =>
  isPlainText(description, 256)
    ? description
    : refuse(
        'InvalidDescription',
        'description has 1 to 256 characters and does not begin with http:// or https://',
        'description',
      );

export const validTrafficType = (trafficType: string): TrafficType =>
  oneOf(trafficTypes, trafficType, 'InvalidTrafficType', 'trafficType');

/** Minutes: 60, 300 and 600 are seconds and are refused (DC-01). */
export const validInterval = (interval: number): AggregationInterval =>
  oneOf(aggregationIntervals, interval, 'InvalidAggregationInterval', 'aggregationInterval');

const dualStackRegions: readonly string[] = [
  'cn-hangzhou',
  'cn-shanghai',
  'cn-qingdao',
  'cn-beijing',
  'cn-huhehaote',
  'cn-shenzhen',
  'ap-southeast-1',
  'us-west-1',
  'us-east-1',
];

export function validIpVersion(ipVersion: string, regionId: string): IpVersion {
  const known = oneOf(ipVersions, ipVersion, 'InvalidIpVersion', 'ipVersion');
  if (known === 'DualStack' && !dualStackRegions.includes(regionId)) {
    return refuse('InvalidIpVersion', `Dual stack is offered in ${dualStackRegions.join(', ')}`, 'ipVersion');
  }
  return known;
}

/** The paths as sent (order kept); `['all']` for none. Rejected traffic is only seen on all paths (DD-05). */
export function validTrafficPath(
  paths: readonly string[],
  trafficType: TrafficType,
  userDefinedPaths: boolean,
): readonly string[] {
  const path = 'trafficPath';
  if (paths.length === 0) return ['all'];
  const unknown = paths.find((value) => !isTrafficPath(value));
  if (unknown !== undefined) {
    refuse('InvalidTrafficPath', `${unknown.slice(0, 60)} is not one of ${trafficPaths.join(', ')}`, path);
  }
  if (new Set(paths).size < paths.length) refuse('DuplicateTrafficPath', 'A path is named twice', path);
  if (takesAllPaths(paths)) {
    return paths.length === 1 ? paths : refuse('InvalidTrafficPath', 'all excludes every other path', path);
  }
  if (!userDefinedPaths) {
    refuse('TrafficPathNotEnabled', 'Paths other than all are not enabled for this account', path);
  }
  if (trafficType === 'Drop') {
    refuse('InvalidTrafficPath', 'Drop needs all: a specific path never records rejected traffic', path);
  }
  return paths;
}

export const validProjectName = (name: string): string =>
  /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name)
    ? name
    : refuse(
        'InvalidProjectName',
        'projectName has 3 to 63 lower-case letters, digits or hyphens, the outer two a letter or digit',
        'projectName',
      );

export const validLogstoreName = (name: string): string =>
  /^[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]$/.test(name)
    ? name
    : refuse(
        'InvalidLogstoreName',
        'logstoreName has 3 to 63 lower-case letters, digits, hyphens or underscores, the outer two a letter or digit',
        'logstoreName',
      );

/** The group of everything that was put into none (DD-16). */
export const defaultResourceGroup = 'rg-default';

export const validResourceGroup = (resourceGroupId: string): string =>
  /^rg-[A-Za-z0-9-]{1,61}$/.test(resourceGroupId)
    ? resourceGroupId
    : refuse('InvalidResourceGroup', 'resourceGroupId begins with rg-', 'resourceGroupId');

const isTagText = (text: string): boolean =>
  text.length <= 128 && !/^(aliyun|acs:)/.test(text) && !/https?:\/\//.test(text);

/** At most 20 (DC-20), each key once. */
export function validTags(tags: readonly FlowLogTag[]): FlowLogTag[] {
  if (tags.length > 20) refuse('TooManyTags', `A flow log has at most 20 tags, not ${tags.length}`, 'tags');
  tags.forEach(({ key, value }, index) => {
    const rule = 'has at most 128 characters, does not begin with aliyun or acs: and contains no address';
    if (key === '' || !isTagText(key)) {
      refuse('InvalidTag', `A tag's key is not empty, ${rule}`, `tags.${index}.key`);
    }
    if (!isTagText(value)) refuse('InvalidTag', `A tag's value ${rule}`, `tags.${index}.value`);
    if (tags.findIndex((other) => other.key === key) < index) {
      refuse('DuplicateTagKey', `The key ${key} is given twice`, `tags.${index}.key`);
    }
  });
  return tags.map(({ key, value }) => ({ key, value }));
}
