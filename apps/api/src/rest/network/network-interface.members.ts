import { ApiProperty } from '@nestjs/swagger';
import type { NetworkInterfaceDocument } from '@flowledger/network';
import { Flag, Nested, Text, Texts } from '../members/members';
import { PageQuery } from '../members/page.query';

export class CreateNetworkInterfaceBody {
  @Text({ optional: true, description: 'Made when absent' })
  networkInterfaceId?: string;

  @Text()
  vSwitchId: string;

  @Texts(1_000, { example: ['10.1.0.10'], description: '1 to 50, the primary one first' })
  privateIpAddresses: string[];

  @Text({ optional: true })
  instanceId?: string;

  @Text({ optional: true, example: 'ecs.g6.large' })
  instanceType?: string;
}

export class AttachmentBody {
  @Text()
  instanceId: string;

  @Text({ optional: true, example: 'ecs.g6.large' })
  instanceType?: string;
}

export class ChangeNetworkInterfaceBody {
  @Texts(1_000, { optional: true, description: 'All of them, not only new ones' })
  privateIpAddresses?: string[];

  @Flag({ optional: true, description: 'Comes before `attach`, so both together move it' })
  detach?: boolean;

  @Nested(() => AttachmentBody, { optional: true })
  attach?: AttachmentBody;
}

export class NetworkInterfacesQuery extends PageQuery {
  @Text({ optional: true })
  networkInterfaceId?: string;

  @Text({ optional: true })
  vpcId?: string;

  @Text({ optional: true })
  vSwitchId?: string;

  @Text({ optional: true })
  regionId?: string;

  @Text({ optional: true })
  instanceId?: string;

  @Text({ optional: true })
  primaryAddress?: string;
}

export class NetworkInterfaceResource implements NetworkInterfaceDocument {
  @ApiProperty() networkInterfaceId: string;
  @ApiProperty() vSwitchId: string;
  @ApiProperty() vpcId: string;
  @ApiProperty() accountId: string;
  @ApiProperty() regionId: string;
  @ApiProperty() primaryAddress: string;
  @ApiProperty({ type: [String] }) privateIpAddresses: string[];
  @ApiProperty({ description: 'Empty while attached to nothing' }) instanceId: string;
  @ApiProperty() instanceType: string;
  @ApiProperty({ format: 'date-time' }) createdAt: string;
  @ApiProperty({ description: 'The ETag' }) revision: number;
}
