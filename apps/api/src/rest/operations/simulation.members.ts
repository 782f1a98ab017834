import { ApiProperty } from '@nestjs/swagger';
import type { Simulation } from '../../ports';
import { Fraction, Texts, WholeNumber } from '../members/members';

export class StartSimulationBody {
  @WholeNumber(0, 2 ** 31 - 1, { optional: true, description: 'The same seed makes the same traffic' })
  seed: number = 1;

  @WholeNumber(1, 10_000, { optional: true })
  connectionsPerSecond: number = 10;

  @WholeNumber(1, 86_400, { optional: true })
  meanLifeSeconds: number = 30;

  @WholeNumber(1, 100_000, { optional: true, description: 'Addresses at the other ends' })
  peers: number = 100;

  @Fraction({ optional: true, description: 'Share of rejected connections' })
  rejectShare: number = 0.1;

  @Texts(1_000, { optional: true, description: 'Only these; all of the account when absent' })
  networkInterfaceIds?: string[];

  @WholeNumber(0, 7 * 86_400, { optional: true, description: 'Traffic before now that is made at once' })
  backfillSeconds: number = 0;
}

export class SimulationResource implements Simulation {
  @ApiProperty() simulationId: string;
  @ApiProperty({ format: 'date-time' }) startedAt: string;
  @ApiProperty() seed: number;
  @ApiProperty() connectionsPerSecond: number;
  @ApiProperty() meanLifeSeconds: number;
  @ApiProperty() peers: number;
  @ApiProperty() rejectShare: number;
  @ApiProperty({ required: false, type: [String] }) networkInterfaceIds?: string[];
  @ApiProperty() backfillSeconds: number;
}
