import { ApiProperty } from '@nestjs/swagger';
import { parkedEvents } from '@flowledger/event-sourcing';
import type { ParkedEvent } from '@flowledger/event-sourcing';
import type {
  DocumentDifference,
  GenerationComparison,
  GenerationProgress,
  GenerationRecord,
  ReadModelComparison,
} from '@flowledger/projection-generations';
import { NumberInQuery, Text } from '../members/members';

export class GenerationResource implements GenerationRecord {
  @ApiProperty() generation: number;
  @ApiProperty({ type: [String], description: 'name@version of every read model in it' })
  manifest: readonly string[];
  @ApiProperty({ enum: ['building', 'ready', 'dropping'] }) status: GenerationRecord['status'];
  @ApiProperty({ format: 'date-time' }) createdAt: string;
}

export class GenerationProgressResource extends GenerationResource implements GenerationProgress {
  @ApiProperty({ description: 'It answers queries' }) serving: boolean;
  @ApiProperty({ type: String, nullable: true }) position: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'End of the log' }) head: string | null;
  @ApiProperty() eventsPerSecond: number;
  @ApiProperty({ type: Number, nullable: true, description: 'An estimate' }) secondsLeft: number | null;
  @ApiProperty() parkedEvents: number;
  @ApiProperty({ type: [String] }) failures: readonly string[];
}

export class DifferencesQuery {
  @NumberInQuery(0, 1_000, { description: 'How many differing documents to list' })
  limit: number = 100;
}

class ReadModelComparisonResource implements ReadModelComparison {
  @ApiProperty() readModel: string;
  @ApiProperty({ description: 'Documents of the generation that serves' }) serving: number;
  @ApiProperty({ description: 'Documents of the other' }) candidate: number;
  @ApiProperty({ description: 'SHA-256 over the serving documents' }) hash: string;
}

class DifferenceResource implements DocumentDifference {
  @ApiProperty() readModel: string;
  @ApiProperty() accountId: string;
  @ApiProperty() id: string;
  @ApiProperty({ type: Object, nullable: true }) serving: object | undefined;
  @ApiProperty({ type: Object, nullable: true }) candidate: object | undefined;
}

export class ComparisonResource implements GenerationComparison {
  @ApiProperty({ type: [ReadModelComparisonResource] }) readModels: readonly ReadModelComparisonResource[];
  @ApiProperty({ type: [DifferenceResource] }) differences: readonly DifferenceResource[];
  @ApiProperty() differing: number;
  @ApiProperty({ description: 'Changed all the time while they were looked at' }) unsettled: number;
}

export class ParkedEventResource implements ParkedEvent {
  @ApiProperty() accountId: string;
  @ApiProperty() readModel: string;
  @ApiProperty({ description: 'The document that stands still' }) sequence: string;
  @ApiProperty() eventId: string;
  @ApiProperty() eventType: string;
  @ApiProperty() stream: string;
  @ApiProperty() revision: string;
  @ApiProperty() position: string;
  @ApiProperty() order: string;
  @ApiProperty() reason: string;
  @ApiProperty() attempts: number;
  @ApiProperty({ format: 'date-time' }) parkedAt: string;
  @ApiProperty() replayRequested: boolean;
}

export class ReplayBody {
  @Text({ example: 'flow-log-status', description: `As ${parkedEvents.name} shows it` })
  readModel: string;

  @Text({ example: 'fl-bp1example' })
  sequence: string;
}
