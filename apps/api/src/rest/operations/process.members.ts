import { ApiProperty } from '@nestjs/swagger';
import type { BlockedProcess } from '@flowledger/process-managers';
import { OneOf, Text } from '../members/members';

const statuses: readonly BlockedProcess['status'][] = ['stopped', 'retrying', 'resuming', 'parked'];

export class BlockedProcessResource implements BlockedProcess {
  @ApiProperty() process: string;
  @ApiProperty() instance: string;
  @ApiProperty() accountId: string;
  @ApiProperty({ enum: statuses, description: '`stopped` waits for you' }) status: BlockedProcess['status'];
  @ApiProperty({ format: 'date-time' }) since: string;
  @ApiProperty({ type: Object, required: false, description: 'The command that failed' })
  command?: BlockedProcess['command'];
  @ApiProperty({ required: false, format: 'date-time' }) retryAt?: string;
  @ApiProperty() parkedInputs: number;
  @ApiProperty({ required: false }) parkedReason?: string;
}

export class ReleaseBody {
  @Text({ description: 'Of the command that failed' })
  commandId: string;

  @OneOf(['retry', 'skip'])
  answer: 'retry' | 'skip';
}

export class TakenInputsResource {
  @ApiProperty({ description: 'Parked inputs that became steps' }) taken: number;
}
