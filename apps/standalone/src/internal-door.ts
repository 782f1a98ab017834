import { createHash, timingSafeEqual } from 'node:crypto';
import { NotReady, problemOf, TooManyRequests } from '@flowledger/api';
import type { Health } from '@flowledger/api';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import type { Config } from './config';
import type { Core } from './core';
import type { WatchedHealth } from './health/watched-health';

export const internalPrefix = '/internal/v1/';
const callsAtOnce = 64;
const wrongSecretsAMinute = 20;

/**
 * The door of a process that serves no clients: health for whoever asks, metrics and calls for those who know the secret
 * that the processes of one service share. Calls beyond a bound, and guesses beyond another, are refused before anything
 * is done for them.
 */
export class InternalDoor {
  private readonly secret: Buffer;
  private calls = 0;
  private guesses = { minute: 0, count: 0 };

  private constructor(
    readonly server: FastifyInstance,
    private readonly health: () => Health,
    secret: string,
  ) {
    this.secret = digestOf(`Bearer ${secret}`);
  }

  static open(
    { config, onFailure }: Pick<Core, 'config' | 'onFailure'>,
    health: () => Health,
    { monitor, metrics }: Pick<WatchedHealth, 'monitor' | 'metrics'>,
  ): InternalDoor {
    const { limits, internal } = config;
    const server = fastify({ bodyLimit: limits.bodyBytes, forceCloseConnections: true });
    const door = new InternalDoor(server, health, internal.secret);
    server.setErrorHandler((error, _request, reply) => {
      const problem = problemOf(error);
      if (problem.status >= 500 && problem.status !== 503) onFailure('an internal call', error);
      if (problem.retryAfter) reply.header('Retry-After', problem.retryAfter);
      void reply.status(problem.status).type('application/problem+json').send(problem);
    });
    server.get('/health/live', async (_request, reply) => {
      const now = monitor.liveness();
      if (!now.live) reply.status(503);
      return now;
    });
    server.get('/health/ready', async (_request, reply) => {
      const now = health();
      if (!now.ready) reply.status(503).header('Retry-After', 1);
      return now;
    });
    server.addHook('onRequest', async (request) => {
      const refusal = request.url.startsWith('/health/')
        ? undefined
        : door.refusal(request.headers.authorization);
      if (refusal) throw refusal;
    });
    server.get('/metrics', async (_request, reply) =>
      reply.type('text/plain; version=0.0.4; charset=utf-8').send(await metrics.text()),
    );
    return door;
  }

  async listen({ host, port }: Pick<Config, 'host' | 'port'>): Promise<string> {
    return this.server.listen({ host, port });
  }

  close(): Promise<void> {
    return this.server.close();
  }

  /** Runs a call, unless too many are under way. @throws NotReady, TooManyRequests, and what the call throws */
  async call<T>(work: () => Promise<T>): Promise<T> {
    if (!this.health().ready) throw new NotReady();
    if (this.calls >= callsAtOnce) throw new TooManyRequests(`${callsAtOnce} calls are under way`, 1);
    this.calls++;
    try {
      return await work();
    } finally {
      this.calls--;
    }
  }

  /** Who knows the secret is never kept out by those who guess. */
  private refusal(authorization: string | undefined): TooManyRequests | Unauthorized | undefined {
    if (timingSafeEqual(digestOf(authorization ?? ''), this.secret)) return undefined;
    const minute = Math.floor(Date.now() / 60_000);
    if (this.guesses.minute !== minute) this.guesses = { minute, count: 0 };
    return ++this.guesses.count > wrongSecretsAMinute
      ? new TooManyRequests('Too many wrong secrets', 60)
      : new Unauthorized();
  }
}

class Unauthorized extends Error {
  readonly statusCode = 401;
  constructor() {
    super('Send "Authorization: Bearer <FLOWLEDGER_INTERNAL_SECRET>"');
  }
}

/** Of equal length, whatever was sent. */
const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
