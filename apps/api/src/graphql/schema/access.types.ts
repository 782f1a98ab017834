import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Role, TokenDocument } from '@flowledger/access';
import { RoleEnum } from './enums';
import { DateTime } from './scalars';

@ObjectType({ description: 'An API token, without its secret.' })
export class Token implements TokenDocument {
  @Field(() => ID)
  tokenId: string;

  @Field(() => String)
  accountId: string;

  @Field(() => String)
  name: string;

  @Field(() => RoleEnum)
  role: Role;

  @Field(() => DateTime)
  createdAt: string;

  @Field(() => ID)
  createdBy: string;

  @Field(() => DateTime, { nullable: true })
  revokedAt: string | null;
}
