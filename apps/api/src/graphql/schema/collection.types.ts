import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { CoverageReason, CoveredInterface, InterfaceCollection } from '@flowledger/collection-scope';
import { connectionType } from './connection';
import { CoverageReasonEnum } from './enums';
import { DateTime } from './scalars';

type Interval = InterfaceCollection['effectiveInterval'];

@ObjectType()
export class CollectionChange {
  @Field(() => Int, { nullable: true, description: 'Minutes; null when collection ends.' })
  effectiveInterval: Interval;

  @Field(() => DateTime)
  from: string;
}

@ObjectType()
export class CollectingFlowLog {
  @Field(() => ID)
  flowLogId: string;

  @Field(() => Int, { description: 'Minutes.' })
  aggregationInterval: number;

  @Field(() => String)
  status: string;

  @Field(() => Boolean)
  included: boolean;

  @Field(() => CoverageReasonEnum)
  reason: CoverageReason;
}

@ObjectType({
  description: 'What is collected on an interface, what comes next, and which flow logs decide it.',
})
export class Collection {
  @Field(() => Int, { nullable: true, description: 'Minutes; null while the interface is not collected.' })
  effectiveInterval: Interval;

  @Field(() => CollectionChange, { nullable: true, description: 'Null when nothing changes.' })
  next: CollectionChange | null;

  @Field(() => [CollectingFlowLog])
  flowLogs: CollectingFlowLog[];
}

@ObjectType({ description: 'An interface in the collection scope of a flow log.' })
export class ScopeInterface implements CoveredInterface {
  @Field(() => ID)
  networkInterfaceId: string;

  @Field(() => ID)
  vSwitchId: string;

  @Field(() => ID)
  vpcId: string;

  @Field(() => String)
  instanceId: string;

  @Field(() => Boolean)
  included: boolean;

  @Field(() => CoverageReasonEnum)
  reason: CoverageReason;

  @Field(() => Int, { nullable: true, description: 'Minutes; null while the interface is not collected.' })
  effectiveInterval: Interval;
}

export const ScopeInterfaceConnection = connectionType(ScopeInterface);
