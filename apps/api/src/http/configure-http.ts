import { newId } from '@flowledger/event-sourcing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DoorOptions, ServiceHealth } from '../ports';
import { serveOpenApi } from '../rest/openapi';
import { NotReady } from './http-errors';
import { problemOf } from './problem';
import { sendProblem } from './problem.filter';
import { assertMediaType, assertOurHost, pathOf } from './request-checks';
import { logRequest } from './request-log';
import type { RequestLogger } from './request-log';
import { securityHeaders } from './security-headers';
import { SignIn } from './sign-in';

export interface HttpOptions {
  readonly logger?: RequestLogger;
}

const restPrefix = '/api/v1/';
const isAboutHealth = (path: string): boolean => path === '/metrics' || path === `${restPrefix}health`;
export const correlationHeader = 'Flowledger-Correlation-Id';

/**
 * What stands before every route, in this order: headers, host, readiness, token, media type. Call it once, between
 * creating the application and its `init`.
 */
export function configureHttp(app: NestFastifyApplication, { logger }: HttpOptions = {}): void {
  const options = app.get(DoorOptions);
  const health = app.get(ServiceHealth);
  const signIn = app.get(SignIn);
  configureParsers(app, options);
  const fastify = app.getHttpAdapter().getInstance();

  // Nest's own handler comes too late for routes that plugins have made ready before it.
  fastify.setErrorHandler((error, request, reply) => sendProblem(reply, request, problemOf(error)));
  fastify.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    request.correlationId = newId();
    void reply.header(correlationHeader, request.correlationId).headers(securityHeaders);
    const path = pathOf(request.url);
    if (path.startsWith('/health/')) return;
    assertOurHost(request, options.hosts);
    if (!health.check().ready && !isAboutHealth(path)) throw new NotReady();
    if (!path.startsWith(restPrefix)) return;
    reply.header('Cache-Control', 'no-store');
    await signIn.principalOf(request);
    assertMediaType(request);
  });
  serveOpenApi(app);
  if (logger) {
    fastify.addHook('onResponse', async (request: FastifyRequest, reply: FastifyReply) =>
      logRequest(logger, request, reply),
    );
  }
}

function configureParsers(app: NestFastifyApplication, { bodyBytes }: DoorOptions): void {
  const parse = app.getHttpAdapter().getInstance().getDefaultJsonParser('error', 'error');
  app.useBodyParser('application/json', { bodyLimit: bodyBytes }, (request, body: Buffer, done) => {
    if (body.length === 0) done(null, undefined);
    else void parse(request as FastifyRequest, body.toString('utf8'), done);
  });
  // A capture is streamed by its route, which counts its bytes.
  app
    .getHttpAdapter()
    .getInstance()
    .addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));
}
