import { Field, ID, InputType, Int } from '@nestjs/graphql';
import type { ChangeFlowLog, CreateFlowLog, FlowLogFilter } from '@flowledger/flow-log';
import {
  DeliveryStateEnum,
  FlowLogStatusEnum,
  IpVersionEnum,
  ResourceTypeEnum,
  TrafficTypeEnum,
} from '../schema/enums';

export type FlowLogInput = CreateFlowLog['input'];
export type FlowLogChangesInput = ChangeFlowLog['input']['changes'];

@InputType()
export class TagInput {
  @Field(() => String)
  key: string;

  @Field(() => String)
  value: string;
}

@InputType()
export class CreateFlowLogInput implements FlowLogInput {
  @Field(() => String, { nullable: true })
  name?: string;

  @Field(() => String, { nullable: true })
  description?: string;

  @Field(() => String, { nullable: true, description: "The resource's own region when absent." })
  regionId?: string;

  @Field(() => ResourceTypeEnum)
  resourceType: string;

  @Field(() => ID)
  resourceId: string;

  @Field(() => TrafficTypeEnum)
  trafficType: string;

  @Field(() => [String], { nullable: true })
  trafficPath?: string[];

  @Field(() => Int, { nullable: true, description: 'Minutes: 1, 5 or 10; 10 when absent.' })
  aggregationInterval?: number;

  @Field(() => IpVersionEnum, { nullable: true })
  ipVersion?: string;

  @Field(() => String)
  projectName: string;

  @Field(() => String)
  logstoreName: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Create the project if the account has none of that name.',
  })
  createProject?: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Create the logstore if the project has none of that name.',
  })
  createLogstore?: boolean;

  @Field(() => Boolean, { nullable: true })
  enableLogAnalysisReport?: boolean;

  @Field(() => String, { nullable: true })
  resourceGroupId?: string;

  @Field(() => [TagInput], { nullable: true, description: 'At most 20.' })
  tags?: TagInput[];
}

@InputType({ description: 'What is absent stays as it is.' })
export class ChangeFlowLogInput implements FlowLogChangesInput {
  @Field(() => String, { nullable: true })
  name?: string;

  @Field(() => String, { nullable: true })
  description?: string;

  @Field(() => Int, { nullable: true, description: 'Minutes: 1, 5 or 10.' })
  aggregationInterval?: number;

  @Field(() => IpVersionEnum, { nullable: true })
  ipVersion?: string;

  @Field(() => String, { nullable: true })
  resourceGroupId?: string;
}

@InputType({ description: 'All that is given must hold.' })
export class FlowLogFilterInput implements FlowLogFilter {
  @Field(() => ID, { nullable: true })
  flowLogId?: string;

  @Field(() => String, { nullable: true })
  name?: string;

  @Field(() => ResourceTypeEnum, { nullable: true })
  resourceType?: string;

  @Field(() => ID, { nullable: true })
  resourceId?: string;

  @Field(() => ID, { nullable: true })
  vpcId?: string;

  @Field(() => TrafficTypeEnum, { nullable: true })
  trafficType?: string;

  @Field(() => String, { nullable: true })
  projectName?: string;

  @Field(() => String, { nullable: true })
  logstoreName?: string;

  @Field(() => FlowLogStatusEnum, { nullable: true })
  status?: string;

  @Field(() => DeliveryStateEnum, { nullable: true })
  health?: string;
}
