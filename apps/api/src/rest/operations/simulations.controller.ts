import { Body, Delete, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { FillsSpool, Relieves } from '../../back-pressure/back-pressure.interceptor';
import { NotFound } from '../../http/http-errors';
import { CurrentPrincipal, RequiresRole } from '../../http/principal';
import type { Principal } from '../../http/principal';
import { Simulations } from '../../ports';
import { Reads, Resource, Writes } from '../members/routes';
import { SimulationResource, StartSimulationBody } from './simulation.members';

/** Simulations live as long as the process: they are no events, and their writes have no position. */
@Resource('simulations', 'Traffic')
export class SimulationsController {
  constructor(private readonly simulations: Simulations) {}

  @Post()
  @RequiresRole('operator')
  @FillsSpool()
  @Writes('Start simulated traffic', 201, SimulationResource)
  async start(
    @CurrentPrincipal() { accountId }: Principal,
    @Body() parameters: StartSimulationBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const simulation = await this.simulations.start(accountId, { ...parameters });
    reply.header('Location', `/api/v1/simulations/${simulation.simulationId}`);
    return simulation;
  }

  @Get()
  @Reads('List running simulations', { page: SimulationResource })
  async list(@CurrentPrincipal() { accountId }: Principal) {
    return { items: await this.simulations.list(accountId), nextCursor: null };
  }

  @Delete(':simulationId')
  @RequiresRole('operator')
  @Relieves()
  @Writes('Stop a simulation', 204, undefined, 404)
  async stop(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('simulationId') simulationId: string,
  ): Promise<void> {
    if (!(await this.simulations.stop(accountId, simulationId))) {
      throw new NotFound(`There is no simulation ${simulationId}`);
    }
  }
}
