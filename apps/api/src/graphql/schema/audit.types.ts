import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { AuditEvent } from '@flowledger/flow-log';
import { connectionType } from './connection';
import { DateTime, JsonObject } from './scalars';

@ObjectType({ description: 'One step of the audit trail: who did what, when, why, and what became of it.' })
export class FlowLogEvent implements AuditEvent {
  @Field(() => String, { description: 'In the whole log; also a moment for `asOf`.' })
  position: string;

  @Field(() => String)
  stream: string;

  @Field(() => Int, { description: 'Within its stream, from 0.' })
  revision: number;

  @Field(() => String)
  type: string;

  @Field(() => DateTime)
  recordedAt: string;

  @Field(() => ID, { description: 'Id of the token, or of the process of the service itself.' })
  actor: string;

  @Field(() => String)
  command: string;

  @Field(() => ID)
  correlationId: string;

  @Field(() => ID)
  causationId: string;

  @Field(() => JsonObject)
  data: unknown;
}

export const FlowLogEventConnection = connectionType(FlowLogEvent);
