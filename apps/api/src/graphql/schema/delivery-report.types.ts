import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import type { DeliverStatus } from '@flowledger/flow-log';
import type { DeliveryReportJson } from '../../presentation';
import { DeliverStatusEnum } from './enums';
import { Delivery } from './flow-log.types';
import { DateTime, JsonObject } from './scalars';

@ObjectType({
  description: 'The label that the cloud shows and the honest state, and where the entries are.',
})
export class DeliveryReport implements Omit<DeliveryReportJson, 'spoolBounds'> {
  @Field(() => ID)
  flowLogId: string;

  @Field(() => DeliverStatusEnum)
  deliverStatus: DeliverStatus;

  @Field(() => String)
  deliverErrorMessage: DeliveryReportJson['deliverErrorMessage'];

  @Field(() => Delivery)
  delivery: Delivery;

  @Field(() => Float)
  deliveredEntries: number;

  @Field(() => Int)
  spooledEntries: number;

  @Field(() => Float)
  spooledBytes: number;

  @Field(() => JsonObject, { description: 'Entries that were counted out, by reason.' })
  expiredEntries: Record<string, number>;

  @Field(() => JsonObject, {
    description: 'How much may wait, and how long, before the oldest entries are counted out.',
  })
  spoolBounds: DeliveryReportJson['spoolBounds'];

  @Field(() => DateTime, { nullable: true, description: 'Null when nothing waits.' })
  oldestWindow: string | null;

  @Field(() => Float, { nullable: true, description: 'At the write rate of the last hour.' })
  daysOfDiskLeft: number | null;
}
