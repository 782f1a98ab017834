import { ApiProperty } from '@nestjs/swagger';
import type { LogstoreJson } from '../../presentation';
import { Text, WholeNumber } from '../members/members';
import { PageQuery } from '../members/page.query';

const ttl = { description: 'Days; 3650 keeps for ever' };

export class CreateLogstoreBody {
  @Text({ example: 'web' })
  logstoreName: string;

  @WholeNumber(1, 3_650, { ...ttl, optional: true })
  ttl?: number;
}

export class ChangeLogstoreBody {
  @WholeNumber(1, 3_650, ttl)
  ttl: number;
}

export class LogstoresQuery extends PageQuery {
  @Text({ optional: true })
  logstoreName?: string;
}

export class LogstoreResource implements LogstoreJson {
  @ApiProperty() projectName: string;
  @ApiProperty() logstoreName: string;
  @ApiProperty() accountId: string;
  @ApiProperty(ttl) ttl: number;
  @ApiProperty({ format: 'date-time' }) createdAt: string;
  @ApiProperty({ format: 'date-time' }) lastModifiedAt: string;
  @ApiProperty({ description: 'The ETag' }) revision: number;
}
