import { ApiProperty } from '@nestjs/swagger';
import type { ExplainedCommand, Explanation, SignedCheckpoint } from '@flowledger/audit';
import { OneOf, Text } from '../members/members';

export class BundleQuery {
  @Text({ optional: true, description: 'Only this stream of the account: `flowLog-fl-…`' })
  stream?: string;

  @OneOf(['account', 'all'], { optional: true, description: 'Without a stream: everything, when absent' })
  scope?: 'account' | 'all';

  @Text({ optional: true, description: 'ISO 8601 time with its zone, or a position' })
  asOf?: string;
}

export class AuditKeyResource {
  @ApiProperty({ description: 'What an auditor compares: first 16 hex digits of the SHA-256 of the key' })
  keyId: string;

  @ApiProperty({ description: 'Ed25519, SubjectPublicKeyInfo in base64' })
  publicKey: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'The last signed checkpoint: keep it elsewhere, and no other history can be shown later',
  })
  checkpoint: SignedCheckpoint | null;
}

export class ExplanationResource implements Explanation {
  @ApiProperty() id: string;
  @ApiProperty({ description: 'Events that concern it' }) events: number;
  @ApiProperty({ description: 'There is more than is told here' }) truncated: boolean;

  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description:
      'Each with actor, correlation, causation and trace ids, and `events`; each event with the `documents` it is folded into, the `steps` of process managers and the commands it `caused`',
  })
  commands: readonly ExplainedCommand[];
}
