import { ApiProperty } from '@nestjs/swagger';
import type { Problem } from './problem';

export class WrongPath {
  @ApiProperty({ example: 'tags.2.key' })
  path: string;

  @ApiProperty()
  message: string;
}

/** {@link Problem} for the OpenAPI document. */
export class ProblemDocument implements Problem {
  @ApiProperty({ example: 'urn:flowledger:problem:FlowLogNotFound' })
  type: string;

  @ApiProperty()
  title: string;

  @ApiProperty()
  status: number;

  @ApiProperty({ description: 'Stable: programs decide by it' })
  code: string;

  @ApiProperty({ description: 'For people' })
  detail: string;

  @ApiProperty({ required: false, description: 'Path of the request' })
  instance?: string;

  @ApiProperty({ required: false, type: () => [WrongPath] })
  errors?: WrongPath[];

  @ApiProperty({ required: false, description: 'Seconds; also Retry-After' })
  retryAfter?: number;

  readonly [extension: string]: unknown;
}
