import { Field, InputType, Int } from '@nestjs/graphql';
import type { CreateLogstore, CreateProject } from '@flowledger/log-service';

/** Region and description have defaults: the first region that is served, and none. */
export type ProjectInput = Pick<CreateProject['input'], 'projectName'> & Partial<CreateProject['input']>;
export type LogstoreInput = CreateLogstore['input'];

@InputType()
export class CreateProjectInput implements ProjectInput {
  @Field(() => String)
  projectName: string;

  @Field(() => String, { nullable: true })
  description?: string;

  @Field(() => String, { nullable: true, description: 'The first region that is served when absent.' })
  regionId?: string;
}

@InputType()
export class CreateLogstoreInput implements LogstoreInput {
  @Field(() => String)
  projectName: string;

  @Field(() => String)
  logstoreName: string;

  @Field(() => Int, { nullable: true, description: 'Days, 1 to 3650; 30 when absent.' })
  ttl?: number;
}
