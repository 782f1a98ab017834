import { ApiProperty } from '@nestjs/swagger';
import type { AuditEvent } from '@flowledger/flow-log';

export class AuditEventResource implements AuditEvent {
  @ApiProperty({ description: 'In the whole log; also the cursor' }) position: string;
  @ApiProperty() stream: string;
  @ApiProperty({ description: 'In its stream, from 0' }) revision: number;
  @ApiProperty({ example: 'FlowLogCreated' }) type: string;
  @ApiProperty({ format: 'date-time' }) recordedAt: string;
  @ApiProperty({ description: 'Id of the token' }) actor: string;
  @ApiProperty() command: string;
  @ApiProperty() correlationId: string;
  @ApiProperty() causationId: string;
  @ApiProperty({ type: Object }) data: unknown;
}
