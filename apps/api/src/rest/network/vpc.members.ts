import { ApiProperty } from '@nestjs/swagger';
import type { VpcDocument } from '@flowledger/network';
import { Text } from '../members/members';
import { PageQuery } from '../members/page.query';

export class CreateVpcBody {
  @Text({ optional: true, description: 'Made when absent' })
  vpcId?: string;

  @Text({ example: 'production' })
  name: string;

  @Text({ optional: true })
  description?: string;

  @Text({ example: '10.0.0.0/8' })
  cidrBlock: string;

  @Text({ optional: true, example: 'cn-hangzhou' })
  regionId?: string;
}

export class VpcsQuery extends PageQuery {
  @Text({ optional: true })
  vpcId?: string;

  @Text({ optional: true })
  regionId?: string;

  @Text({ optional: true })
  name?: string;
}

export class VpcResource implements VpcDocument {
  @ApiProperty() vpcId: string;
  @ApiProperty() accountId: string;
  @ApiProperty() regionId: string;
  @ApiProperty() cidrBlock: string;
  @ApiProperty() name: string;
  @ApiProperty() description: string;
  @ApiProperty({ format: 'date-time' }) createdAt: string;
  @ApiProperty({ description: 'The ETag' }) revision: number;
}
