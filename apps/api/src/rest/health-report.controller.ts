import { Get } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { HealthReports } from './health-report';
import type { HealthReport, HealthSignal } from './health-report';
import { Reads, Resource } from './members/routes';

const states = ['green', 'red', 'information'];

class HealthSignalResource implements HealthSignal {
  @ApiProperty({ example: 'lag' }) name: string;
  @ApiProperty({ required: false, description: 'Which consumer or kind' }) of?: string;
  @ApiProperty({ enum: states }) state: HealthSignal['state'];
  @ApiProperty({ nullable: true, oneOf: [{ type: 'number' }, { type: 'string' }] }) value:
    string | number | null;
  @ApiProperty({ required: false, type: String }) unit?: HealthSignal['unit'];
  @ApiProperty({ required: false, description: 'Red beyond it' }) limit?: number;
  @ApiProperty() why: string;
}

export class HealthResource implements HealthReport {
  @ApiProperty({ enum: ['green', 'red'], description: 'Red when one of the signals is' })
  state: HealthReport['state'];
  @ApiProperty() at: string;
  @ApiProperty({ type: () => [HealthSignalResource] }) signals: HealthSignalResource[];
}

/** Served while the service is not ready, too: that is when somebody asks. */
@Resource('health', 'Operation')
export class HealthReportController {
  constructor(private readonly reports: HealthReports) {}

  @Get()
  @Reads('Every signal of health, and why it is red', HealthResource)
  show(): HealthReport {
    return this.reports.report();
  }
}
