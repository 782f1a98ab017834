import { ApiProperty } from '@nestjs/swagger';
import type { DeliveryReportJson } from '../../presentation';
import { deliverStatuses, DeliveryStateResource } from './flow-log.resource';

class SpoolBoundsResource {
  @ApiProperty() bytes: number;
  @ApiProperty() ageSeconds: number;
}

export class DeliveryResource implements DeliveryReportJson {
  @ApiProperty() flowLogId: string;
  @ApiProperty({ enum: deliverStatuses, description: 'The label that the cloud shows' })
  deliverStatus: DeliveryReportJson['deliverStatus'];
  @ApiProperty({ type: String }) deliverErrorMessage: DeliveryReportJson['deliverErrorMessage'];
  @ApiProperty({ type: () => DeliveryStateResource }) delivery: DeliveryStateResource;
  @ApiProperty() deliveredEntries: number;
  @ApiProperty() spooledEntries: number;
  @ApiProperty() spooledBytes: number;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'number' }, description: 'By reason' })
  expiredEntries: Readonly<Record<string, number>>;
  @ApiProperty({ type: () => SpoolBoundsResource }) spoolBounds: SpoolBoundsResource;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' }) oldestWindow: string | null;
  @ApiProperty({ type: Number, nullable: true }) daysOfDiskLeft: number | null;
}
