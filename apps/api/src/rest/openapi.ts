import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';

const description = [
  'VPC flow logs, self-hosted. Sign in with `Authorization: Bearer <token>`.',
  'A write may carry `Idempotency-Key` and, where a resource has an `ETag`, `If-Match`. Its answer carries',
  '`Flowledger-Position`; a read that sends it back in `Flowledger-At-Least` sees that write.',
  'Lists answer `{items, nextCursor}`: the cursor goes into `after`. Errors are `application/problem+json` (RFC 9457)',
  'and their `code` is stable.',
].join(' ');

export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Flowledger')
    .setDescription(description)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API token' })
    .build();
  return SwaggerModule.createDocument(app, config);
}

/** The document at /api/openapi.json and a page at /api/docs; the page's files are served from here. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('api/docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Flowledger API',
    swaggerOptions: { validatorUrl: null, persistAuthorization: false },
  });
}
