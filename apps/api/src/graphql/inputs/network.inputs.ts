import { Field, ID, InputType } from '@nestjs/graphql';
import type {
  ChangeNetworkInterface,
  CreateNetworkInterface,
  CreateVpc,
  CreateVSwitch,
} from '@flowledger/network';

/** The region is the first that is served when absent. */
export type VpcInput = Omit<CreateVpc['input'], 'regionId'> & Partial<Pick<CreateVpc['input'], 'regionId'>>;
export type VSwitchInput = CreateVSwitch['input'];
export type NetworkInterfaceInput = CreateNetworkInterface['input'];
export type NetworkInterfaceChanges = Omit<
  ChangeNetworkInterface['input'],
  'networkInterfaceId' | 'ifRevision'
>;

@InputType()
export class CreateVpcInput implements VpcInput {
  @Field(() => ID, { nullable: true, description: 'Made up when absent.' })
  vpcId?: string;

  @Field(() => String, { nullable: true, description: 'The first region that is served when absent.' })
  regionId?: string;

  @Field(() => String, { description: 'IPv4, /8 to /28, host bits zero.' })
  cidrBlock: string;

  @Field(() => String)
  name: string;

  @Field(() => String, { nullable: true })
  description?: string;
}

@InputType()
export class CreateVSwitchInput implements VSwitchInput {
  @Field(() => ID, { nullable: true, description: 'Made up when absent.' })
  vSwitchId?: string;

  @Field(() => ID)
  vpcId: string;

  @Field(() => String)
  zoneId: string;

  @Field(() => String, { description: "Inside the VPC's block, down to /29, apart from its siblings." })
  cidrBlock: string;

  @Field(() => String)
  name: string;

  @Field(() => String, { nullable: true })
  description?: string;
}

@InputType()
export class CreateNetworkInterfaceInput implements NetworkInterfaceInput {
  @Field(() => ID, { nullable: true, description: 'Made up when absent.' })
  networkInterfaceId?: string;

  @Field(() => ID)
  vSwitchId: string;

  @Field(() => [String], { description: '1 to 50, the primary one first.' })
  privateIpAddresses: string[];

  @Field(() => String, { nullable: true })
  instanceId?: string;

  @Field(() => String, { nullable: true, description: '`ecs.g6.large`; unknown when absent.' })
  instanceType?: string;
}

@InputType()
export class AttachmentInput {
  @Field(() => String)
  instanceId: string;

  @Field(() => String, { nullable: true })
  instanceType?: string;
}

@InputType()
export class ChangeNetworkInterfaceInput implements NetworkInterfaceChanges {
  @Field(() => [String], { nullable: true, description: 'All of them, not only new ones.' })
  privateIpAddresses?: string[];

  @Field(() => Boolean, {
    nullable: true,
    description: 'Carried out before `attach`: both together move the interface.',
  })
  detach?: boolean;

  @Field(() => AttachmentInput, { nullable: true })
  attach?: AttachmentInput;
}
