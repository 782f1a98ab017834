import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../http/principal';
import { Metrics, ServiceHealth } from '../ports';
import { HealthReports } from './health-report';

@Controller('health')
@ApiTags('Operation')
@Public()
export class HealthController {
  constructor(
    private readonly health: ServiceHealth,
    private readonly reports: HealthReports,
  ) {}

  @Get('live')
  @ApiOperation({ summary: '200, or 503 with the reasons when a restart would help' })
  live(@Res({ passthrough: true }) reply: FastifyReply) {
    const liveness = this.reports.liveness();
    if (!liveness.live) reply.status(503);
    return liveness;
  }

  @Get('ready')
  @ApiOperation({ summary: '200 when it can serve, 503 with the reasons when not' })
  ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const health = this.health.check();
    if (!health.ready) reply.status(503).header('Retry-After', 1);
    return health;
  }
}

@Controller('metrics')
@ApiTags('Operation')
@ApiBearerAuth()
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @ApiOperation({ summary: 'Everything that is counted, as Prometheus text' })
  @ApiProduces('text/plain')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  text() {
    return this.metrics.text();
  }
}
