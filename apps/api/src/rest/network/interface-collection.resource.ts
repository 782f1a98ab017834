import { ApiProperty } from '@nestjs/swagger';
import type { CoverageReason, CoveredInterface, InterfaceCollection } from '@flowledger/collection-scope';

const reasons: readonly CoverageReason[] = ['Included', 'FlowLogNotStarted', 'InstanceFamilyNotSupported'];
const minutes = { type: Number, nullable: true, description: 'Minutes; null while it is not collected' };

class NextInterval {
  @ApiProperty(minutes) effectiveInterval: 1 | 5 | 10 | null;
  @ApiProperty({ format: 'date-time' }) from: string;
}

class CollectingFlowLog {
  @ApiProperty() flowLogId: string;
  @ApiProperty({ enum: [1, 5, 10] }) aggregationInterval: 1 | 5 | 10;
  @ApiProperty({ type: String }) status: InterfaceCollection['flowLogs'][number]['status'];
  @ApiProperty() included: boolean;
  @ApiProperty({ enum: reasons }) reason: CoverageReason;
}

export class InterfaceCollectionResource implements InterfaceCollection {
  @ApiProperty() networkInterfaceId: string;
  @ApiProperty(minutes) effectiveInterval: 1 | 5 | 10 | null;
  @ApiProperty({ type: () => NextInterval, nullable: true }) next: NextInterval | null;
  @ApiProperty({ type: () => [CollectingFlowLog] }) flowLogs: CollectingFlowLog[];
}

export class CoveredInterfaceResource implements CoveredInterface {
  @ApiProperty() networkInterfaceId: string;
  @ApiProperty() vSwitchId: string;
  @ApiProperty() vpcId: string;
  @ApiProperty() instanceId: string;
  @ApiProperty() included: boolean;
  @ApiProperty({ enum: reasons }) reason: CoverageReason;
  @ApiProperty(minutes) effectiveInterval: 1 | 5 | 10 | null;
}
