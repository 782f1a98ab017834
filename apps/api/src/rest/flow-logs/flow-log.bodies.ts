import { aggregationIntervals, ipVersions, resourceTypes, trafficTypes } from '@flowledger/flow-log';
import { Flag, Listed, OneOf, Text, Texts } from '../members/members';

export class TagBody {
  @Text({ example: 'team' })
  key: string;

  @Text({ example: 'network' })
  value: string;
}

export class TagsBody {
  @Listed(() => TagBody, 1_000, { description: 'All tags, at most 20; those that are not named go' })
  tags: TagBody[];
}

export class CreateFlowLogBody {
  @Text({ optional: true, example: 'web traffic' })
  name?: string;

  @Text({ optional: true })
  description?: string;

  @OneOf(resourceTypes)
  resourceType: string;

  @Text({ example: 'vpc-bp1example0000000000' })
  resourceId: string;

  @OneOf(trafficTypes)
  trafficType: string;

  @Texts(100, { optional: true, description: 'Sampling paths; all when absent' })
  trafficPath?: string[];

  @OneOf(aggregationIntervals, { optional: true, description: 'Minutes; 10 when absent' })
  aggregationInterval?: number;

  @OneOf(ipVersions, { optional: true })
  ipVersion?: string;

  @Text({ example: 'flow-logs' })
  projectName: string;

  @Text({ example: 'web' })
  logstoreName: string;

  @Flag({ optional: true, description: 'Makes the project unless it is there' })
  createProject?: boolean;

  @Flag({ optional: true, description: 'Makes the logstore unless it is there' })
  createLogstore?: boolean;

  @Flag({ optional: true, description: 'A logstore made for it keeps entries 7 days, otherwise 300' })
  enableLogAnalysisReport?: boolean;

  @Text({ optional: true })
  resourceGroupId?: string;

  @Listed(() => TagBody, 1_000, { optional: true, description: 'At most 20' })
  tags?: TagBody[];
}

export class ChangeFlowLogBody {
  @Text({ optional: true })
  name?: string;

  @Text({ optional: true })
  description?: string;

  @OneOf(aggregationIntervals, { optional: true, description: 'Minutes; takes a moment (202)' })
  aggregationInterval?: number;

  @OneOf(ipVersions, { optional: true, description: 'Takes a moment (202)' })
  ipVersion?: string;

  @Text({ optional: true })
  resourceGroupId?: string;
}
