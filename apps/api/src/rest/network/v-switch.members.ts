import { ApiProperty } from '@nestjs/swagger';
import type { VSwitchDocument } from '@flowledger/network';
import { Text } from '../members/members';
import { PageQuery } from '../members/page.query';

export class CreateVSwitchBody {
  @Text({ optional: true, description: 'Made when absent' })
  vSwitchId?: string;

  @Text()
  vpcId: string;

  @Text({ example: 'cn-hangzhou-h' })
  zoneId: string;

  @Text({ example: '10.1.0.0/16', description: "Inside the VPC's, apart from its siblings" })
  cidrBlock: string;

  @Text({ example: 'web' })
  name: string;

  @Text({ optional: true })
  description?: string;
}

export class VSwitchesQuery extends PageQuery {
  @Text({ optional: true })
  vSwitchId?: string;

  @Text({ optional: true })
  vpcId?: string;

  @Text({ optional: true })
  regionId?: string;

  @Text({ optional: true })
  zoneId?: string;

  @Text({ optional: true })
  name?: string;
}

export class VSwitchResource implements VSwitchDocument {
  @ApiProperty() vSwitchId: string;
  @ApiProperty() vpcId: string;
  @ApiProperty() accountId: string;
  @ApiProperty() regionId: string;
  @ApiProperty() zoneId: string;
  @ApiProperty() cidrBlock: string;
  @ApiProperty() name: string;
  @ApiProperty() description: string;
  @ApiProperty({ format: 'date-time' }) createdAt: string;
  @ApiProperty({ description: 'The ETag' }) revision: number;
}
