import { ArgsType, Field, Int } from '@nestjs/graphql';

/** What every command may carry beside its own arguments. */
export interface CommandOptions {
  readonly idempotencyKey?: string | null;
}

/** And every command on something that exists. */
export interface ChangeOptions extends CommandOptions {
  readonly ifRevision?: number | null;
}

@ArgsType()
export class CommandArgs implements CommandOptions {
  @Field(() => String, {
    nullable: true,
    description:
      'The same key and command again give the same answer; the same key with another command is refused.',
  })
  idempotencyKey?: string | null;
}

@ArgsType()
export class ChangeArgs extends CommandArgs implements ChangeOptions {
  @Field(() => Int, {
    nullable: true,
    description: 'The `revision` that you saw; refused with RevisionMismatch when it has moved on.',
  })
  ifRevision?: number | null;
}
