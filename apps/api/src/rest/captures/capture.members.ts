import { ApiProperty } from '@nestjs/swagger';
import type { CaptureImported } from '../../ports';
import { OneOf, Text } from '../members/members';

export class CaptureQuery {
  @Text({ optional: true, description: 'The interface that saw every packet; by address when absent' })
  networkInterfaceId?: string;

  @OneOf(['current', 'historic'], { optional: true, description: 'Whose configuration counts' })
  coverage: 'current' | 'historic' = 'current';

  @OneOf(['now'], { optional: true, description: 'Moves the last packet to the present' })
  rebase?: 'now';
}

export class CaptureResource implements CaptureImported {
  @ApiProperty() packets: number;
  @ApiProperty({ description: '5-tuples and directions seen on an interface' }) flows: number;
  @ApiProperty({ description: 'Entries that at least one flow log took' }) entries: number;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'number' }, description: 'By reason' })
  skipped: Readonly<Record<string, number>>;
  @ApiProperty({ type: Number, nullable: true, description: 'Offset of a cut last record' })
  truncatedAt: number | null;
}
