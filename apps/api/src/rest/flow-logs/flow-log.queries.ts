import { resourceTypes, trafficTypes } from '@flowledger/flow-log';
import type { DeliveryState, FlowLogStatus, ResourceType, TrafficType } from '@flowledger/flow-log';
import { OneOf, Text } from '../members/members';
import { PageQuery } from '../members/page.query';

export const statuses: readonly FlowLogStatus[] = [
  'Activating',
  'Active',
  'Deactivating',
  'Inactive',
  'Modifying',
  'Deleting',
];
const asOfText = 'ISO 8601 time with its zone, or a position; gauges are null then';

export const healths: readonly DeliveryState[] = ['Idle', 'Delivering', 'Degraded', 'Stalled', 'Stopped'];

export class FlowLogsQuery extends PageQuery {
  @Text({ optional: true })
  flowLogId?: string;

  @Text({ optional: true, description: 'The whole name' })
  name?: string;

  @OneOf(resourceTypes, { optional: true })
  resourceType?: ResourceType;

  @Text({ optional: true })
  resourceId?: string;

  @Text({ optional: true })
  vpcId?: string;

  @OneOf(trafficTypes, { optional: true })
  trafficType?: TrafficType;

  @Text({ optional: true })
  projectName?: string;

  @Text({ optional: true })
  logstoreName?: string;

  @OneOf(statuses, { optional: true })
  status?: FlowLogStatus;

  @OneOf(healths, { optional: true, description: 'The honest state of its delivery' })
  health?: DeliveryState;

  @Text({ optional: true, description: asOfText })
  asOf?: string;
}

export class AsOfQuery {
  @Text({ optional: true, description: asOfText })
  asOf?: string;
}

export class ScopeQuery extends PageQuery {
  @Text({ optional: true, description: asOfText })
  asOf?: string;
}
