import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { NetworkInterfaceDocument, VpcDocument, VSwitchDocument } from '@flowledger/network';
import { connectionType } from './connection';
import { DateTime } from './scalars';

@ObjectType()
export class Vpc implements VpcDocument {
  @Field(() => ID)
  vpcId: string;

  @Field(() => String)
  accountId: string;

  @Field(() => String)
  regionId: string;

  @Field(() => String)
  cidrBlock: string;

  @Field(() => String)
  name: string;

  @Field(() => String)
  description: string;

  @Field(() => DateTime)
  createdAt: string;

  @Field(() => Int, { description: 'Send it as `ifRevision` to change only what you saw.' })
  revision: number;
}

@ObjectType()
export class VSwitch implements VSwitchDocument {
  @Field(() => ID)
  vSwitchId: string;

  @Field(() => ID)
  vpcId: string;

  @Field(() => String)
  accountId: string;

  @Field(() => String)
  regionId: string;

  @Field(() => String)
  zoneId: string;

  @Field(() => String)
  cidrBlock: string;

  @Field(() => String)
  name: string;

  @Field(() => String)
  description: string;

  @Field(() => DateTime)
  createdAt: string;

  @Field(() => Int)
  revision: number;
}

@ObjectType({ description: 'An elastic network interface (ENI).' })
export class NetworkInterface implements NetworkInterfaceDocument {
  @Field(() => ID)
  networkInterfaceId: string;

  @Field(() => ID)
  vSwitchId: string;

  @Field(() => ID)
  vpcId: string;

  @Field(() => String)
  accountId: string;

  @Field(() => String)
  regionId: string;

  @Field(() => String)
  primaryAddress: string;

  @Field(() => [String], { description: 'The primary one first.' })
  privateIpAddresses: string[];

  @Field(() => String, { description: 'Empty while it is attached to nothing.' })
  instanceId: string;

  @Field(() => String)
  instanceType: string;

  @Field(() => DateTime)
  createdAt: string;

  @Field(() => Int)
  revision: number;
}

export const VpcConnection = connectionType(Vpc);
export const VSwitchConnection = connectionType(VSwitch);
export const NetworkInterfaceConnection = connectionType(NetworkInterface);
