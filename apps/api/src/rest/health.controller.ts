import { Controller, Get, Header, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../http/principal';
import { Metrics, ServiceHealth } from '../ports';

@Controller('health')
@Public()
export class HealthController {
  constructor(private readonly health: ServiceHealth) {}

  /** The process answers. */
  @Get('live')
  live() {
    return { live: true };
  }

  /** 200 when it can serve, 503 with the reasons when not. */
  @Get('ready')
  ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const health = this.health.check();
    if (!health.ready) reply.status(503).header('Retry-After', 1);
    return health;
  }
}

@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  text() {
    return this.metrics.text();
  }
}
