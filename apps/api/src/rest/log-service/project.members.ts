import { ApiProperty } from '@nestjs/swagger';
import type { ProjectDocument } from '@flowledger/log-service';
import { Text } from '../members/members';
import { PageQuery } from '../members/page.query';

export class CreateProjectBody {
  @Text({ example: 'flow-logs', description: 'Unique among all accounts' })
  projectName: string;

  @Text({ optional: true })
  description?: string;

  @Text({ optional: true, example: 'cn-hangzhou' })
  regionId?: string;
}

export class ProjectsQuery extends PageQuery {
  @Text({ optional: true })
  projectName?: string;

  @Text({ optional: true })
  regionId?: string;
}

export class ProjectResource implements ProjectDocument {
  @ApiProperty() projectName: string;
  @ApiProperty() accountId: string;
  @ApiProperty() regionId: string;
  @ApiProperty() description: string;
  @ApiProperty({ format: 'date-time' }) createdAt: string;
  @ApiProperty({ format: 'date-time' }) lastModifiedAt: string;
  @ApiProperty({ description: 'The ETag' }) revision: number;
}
