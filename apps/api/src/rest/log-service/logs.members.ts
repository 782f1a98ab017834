import { ApiProperty } from '@nestjs/swagger';
import { maxQueryLimit } from '@flowledger/log-store';
import type { LogQueryResult } from '@flowledger/log-store';
import { FlagInQuery, NumberInQuery, Text } from '../members/members';

const latest = 253_402_300_800;

export class LogsQuery {
  @NumberInQuery(0, latest, { optional: false, description: 'Unix seconds of `__time__`, inclusive' })
  from: number;

  @NumberInQuery(0, latest, { optional: false, description: 'Unix seconds of `__time__`, exclusive' })
  to: number;

  @Text({
    optional: true,
    longest: 4_096,
    description: '`*`, `key:value` and `and`',
    example: 'action:ACCEPT',
  })
  query?: string;

  @NumberInQuery(1, maxQueryLimit)
  limit: number = 100;

  @NumberInQuery(0, 1_000_000_000)
  offset: number = 0;

  @FlagInQuery({ description: 'Newest first' })
  reverse: boolean = false;
}

export class LogsResource implements LogQueryResult {
  @ApiProperty({ enum: ['Complete'] })
  progress: 'Complete';

  @ApiProperty({ description: 'Rows returned' })
  count: number;

  @ApiProperty({
    description: 'Flow log entries: flat maps of strings, ascending by `__time__`',
    type: 'array',
    items: { type: 'object', additionalProperties: { type: 'string' } },
  })
  entries: LogQueryResult['entries'];
}
