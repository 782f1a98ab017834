import { Args } from '@nestjs/graphql';

/** The argument `asOf` of whatever can be asked about the past; null when it was not given. */
export const AsOf = () =>
  Args('asOf', {
    type: () => String,
    nullable: true,
    description: 'An ISO 8601 time or a position of the log.',
  });
