import { Injectable, ValidationPipe } from '@nestjs/common';
import type { ArgumentMetadata, ValidationError } from '@nestjs/common';
import { InvalidInput } from './http-errors';

/** Bodies and query strings against their classes: unknown members are refused, and every wrong path is named. */
@Injectable()
export class InputPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      exceptionFactory: (errors) => new InvalidInput(wrongPaths(errors)),
    });
  }

  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    // An argument of a GraphQL field has a name here, and its type was checked by the schema.
    const isWholeBody = metadata.type === 'body' && metadata.data === undefined;
    if (isWholeBody && value !== undefined && !isJsonObject(value)) {
      throw new InvalidInput([{ path: '', message: 'must be a JSON object' }]);
    }
    return super.transform(value, metadata);
  }
}

const isJsonObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `tags.2.key`: numbers are indexes. One line a path, with all that is wrong there. */
export function wrongPaths(
  errors: readonly ValidationError[],
  parent = '',
): { path: string; message: string }[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const path = parent + property;
    const messages = Object.values(constraints).map((message) => message.replace(`${property} `, ''));
    return [
      ...(messages.length > 0 ? [{ path, message: messages.join(', ') }] : []),
      ...wrongPaths(children, `${path}.`),
    ];
  });
}
