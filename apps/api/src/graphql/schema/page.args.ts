import { ArgsType, Field, Int } from '@nestjs/graphql';
import { InvalidInput } from '../../http/http-errors';

export interface PageRequest {
  readonly first: number;
  readonly after?: string | null;
}

@ArgsType()
export class PageArgs implements PageRequest {
  @Field(() => Int, { defaultValue: 20, description: '1 to 100.' })
  first: number;

  @Field(() => String, { nullable: true, description: '`endCursor` of the page before.' })
  after?: string | null;
}

/** What the queries take. @throws InvalidInput */
export function pageOf({ first, after }: PageRequest): { limit: number; after?: string } {
  return { limit: pageSize(first, 100), ...(after !== undefined && after !== null && { after }) };
}

/** @throws InvalidInput */
export function pageSize(first: number, most: number): number {
  if (first >= 1 && first <= most) return first;
  throw new InvalidInput([{ path: 'first', message: `must be from 1 to ${most}` }]);
}
