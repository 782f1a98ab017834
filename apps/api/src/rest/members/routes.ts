import { applyDecorators, Controller, HttpCode } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { ProblemDocument } from '../../http/problem.document';

/** A resource under /api/v1, in the OpenAPI document under its tag. */
export const Resource = (path: string, tag: string) =>
  applyDecorators(
    Controller(`api/v1/${path}`),
    ApiTags(tag),
    ApiBearerAuth(),
    ApiExtraModels(ProblemDocument),
    ApiResponse({ status: 401, ...problemContent('No valid token') }),
    ApiResponse({ status: 422, ...problemContent('Wrong input, every path named in `errors`') }),
    ApiResponse({ status: 429, ...problemContent('Too many requests; see Retry-After') }),
    ApiResponse({ status: 503, ...problemContent('Not now; see Retry-After') }),
  );

/** What a route answers with: one, or a page of them. */
type Answer = Type | { readonly page: Type } | { readonly schema: object } | undefined;

export const Reads = (summary: string, answer: Answer, ...problems: Refusal[]) =>
  applyDecorators(
    ApiOperation({ summary }),
    ApiHeader({
      name: 'Flowledger-At-Least',
      required: false,
      description: 'A position: answer only once the read models have passed it',
    }),
    ...documented(200, answer),
    ...problems.map(refused),
  );

export const Writes = (summary: string, status: number, answer: Answer, ...problems: Refusal[]) =>
  applyDecorators(
    HttpCode(status),
    ApiOperation({ summary }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'The same request again under the same key gets the same answer',
    }),
    ...(problems.includes(412)
      ? [ApiHeader({ name: 'If-Match', required: false, description: 'The ETag that you saw' })]
      : []),
    ...documented(status, answer),
    refused(403),
    ...problems.map(refused),
  );

const refusals = {
  403: 'The role does not suffice',
  404: 'There is none',
  409: 'Not in this state, or somebody has the name; `detail` says what is possible',
  412: 'It has changed since: If-Match is not its revision',
  413: 'The body is too large',
  415: 'Not the content type that is needed',
  507: 'No space is left; reads go on',
} as const;
type Refusal = keyof typeof refusals;

const refused = (status: Refusal) => ApiResponse({ status, ...problemContent(refusals[status]) });

function problemContent(description: string) {
  const schema = { $ref: getSchemaPath(ProblemDocument) };
  return { description, content: { 'application/problem+json': { schema } } };
}

function documented(status: number, answer: Answer): (ClassDecorator & MethodDecorator)[] {
  const description = status === 202 ? 'Accepted, as it is now' : 'Done';
  const headers =
    status === 200 ? undefined : { 'Flowledger-Position': { schema: { type: 'string' as const } } };
  if (answer === undefined) return [ApiResponse({ status, description, headers })];
  if ('schema' in answer) {
    const content = { 'application/json': { schema: answer.schema } };
    return [ApiResponse({ status, description, headers, content })];
  }
  if (!('page' in answer)) return [ApiResponse({ status, description, headers, type: answer })];
  const schema = {
    type: 'object',
    required: ['items', 'nextCursor'],
    properties: {
      items: { type: 'array', items: { $ref: getSchemaPath(answer.page) } },
      nextCursor: { type: ['string', 'null'] },
    },
  };
  const content = { 'application/json': { schema: schema as object } };
  return [
    ApiExtraModels(answer.page) as ClassDecorator & MethodDecorator,
    ApiResponse({ status, description, content }),
  ];
}
