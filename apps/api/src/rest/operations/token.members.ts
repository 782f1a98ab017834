import { ApiProperty } from '@nestjs/swagger';
import type { Role, TokenDocument } from '@flowledger/access';
import { FlagInQuery, OneOf, Text } from '../members/members';
import { PageQuery } from '../members/page.query';

const roles: readonly Role[] = ['reader', 'operator', 'administrator'];

export class CreateTokenBody {
  @Text({ example: 'deploy pipeline' })
  name: string;

  @OneOf(roles)
  role: Role;
}

export class TokensQuery extends PageQuery {
  @FlagInQuery({ description: 'Also those that were revoked' })
  includeRevoked: boolean = false;
}

export class TokenResource implements TokenDocument {
  @ApiProperty() tokenId: string;
  @ApiProperty() accountId: string;
  @ApiProperty() name: string;
  @ApiProperty({ enum: roles }) role: Role;
  @ApiProperty({ format: 'date-time' }) createdAt: string;
  @ApiProperty() createdBy: string;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' }) revokedAt: string | null;
}

export class NewTokenResource {
  @ApiProperty() tokenId: string;
  @ApiProperty() name: string;
  @ApiProperty({ enum: roles }) role: Role;
  @ApiProperty({ description: 'The text to sign in with, shown here and never again' }) token: string;
}
