import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { LogstoreDocument, ProjectDocument } from '@flowledger/log-service';
import type { LogQueryResult } from '@flowledger/log-store';
import { connectionType } from './connection';
import { DateTime, JsonObject } from './scalars';

@ObjectType()
export class Project implements ProjectDocument {
  @Field(() => String)
  projectName: string;

  @Field(() => String)
  accountId: string;

  @Field(() => String)
  regionId: string;

  @Field(() => String)
  description: string;

  @Field(() => DateTime)
  createdAt: string;

  @Field(() => DateTime)
  lastModifiedAt: string;

  @Field(() => Int)
  revision: number;
}

@ObjectType()
export class Logstore implements Omit<LogstoreDocument, 'logstoreId'> {
  @Field(() => String)
  projectName: string;

  @Field(() => String)
  logstoreName: string;

  @Field(() => String)
  accountId: string;

  @Field(() => Int, { description: 'Days; 3650 keeps for ever.' })
  ttl: number;

  @Field(() => DateTime)
  createdAt: string;

  @Field(() => DateTime)
  lastModifiedAt: string;

  @Field(() => Int)
  revision: number;
}

@ObjectType({ description: 'Log entries, oldest first.' })
export class Entries {
  @Field(() => String)
  progress: LogQueryResult['progress'];

  @Field(() => Int, { description: 'Entries in this answer.' })
  count: number;

  @Field(() => [JsonObject], {
    description:
      'Flat, all values text, under the names of the flow log entry: `eni-id`, `srcaddr`, `log-status`, `traffic_path` …, ' +
      'plus `region` and `__time__`.',
  })
  entries: LogQueryResult['entries'][number][];
}

export const ProjectConnection = connectionType(Project);
export const LogstoreConnection = connectionType(Logstore);
