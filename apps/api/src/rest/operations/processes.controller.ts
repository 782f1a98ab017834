import { Body, Get, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { AggregateStore, ReadModelStore } from '@flowledger/event-sourcing';
import type { CommandContext, Page } from '@flowledger/event-sourcing';
import { blockedProcesses, releaseCommand, takeParkedInputs } from '@flowledger/process-managers';
import type { BlockedProcess } from '@flowledger/process-managers';
import { Relieves } from '../../back-pressure/back-pressure.interceptor';
import { CurrentCommandContext } from '../../http/command-context';
import { CurrentPrincipal, RequiresRole } from '../../http/principal';
import type { Principal } from '../../http/principal';
import { ProcessManagers } from '../../ports';
import type { OperatedProcess } from '../../ports';
import { PageQuery } from '../members/page.query';
import { Reads, Resource, Writes } from '../members/routes';
import { BlockedProcessResource, ReleaseBody, TakenInputsResource } from './process.members';

/** Instances of process managers that do not go on by themselves. What is decided about them is an event of theirs. */
@Resource('processes', 'Operations')
@RequiresRole('administrator')
export class ProcessesController {
  constructor(
    private readonly processes: ProcessManagers,
    private readonly aggregates: AggregateStore,
    private readonly readModels: ReadModelStore,
  ) {}

  @Get('blocked')
  @Reads('Instances with a failed command or with parked inputs', { page: BlockedProcessResource })
  blocked(
    @CurrentPrincipal() { accountId }: Principal,
    @Query() { limit, after }: PageQuery,
  ): Promise<Page<BlockedProcess>> {
    const sort = { by: 'since', direction: 'ascending' } as const;
    return this.readModels.find(blockedProcesses, accountId, { sort, limit, ...(after && { after }) });
  }

  @Post(':process/:instance/release')
  @Relieves()
  @Writes('Send a failed command again, or go on without it', 204, undefined, 404)
  async release(
    @CurrentCommandContext() context: CommandContext,
    @CurrentPrincipal() { accountId }: Principal,
    @Param('process') name: string,
    @Param('instance') instance: string,
    @Body() { commandId, answer }: ReleaseBody,
  ): Promise<void> {
    const process = await this.ofAccount(accountId, name, instance);
    if (await releaseCommand(this.aggregates, process, instance, { commandId, answer }, context)) return;
    throw new NotFoundException(`Command ${commandId} does not block ${name} ${instance}`);
  }

  @Post(':process/:instance/inputs')
  @Relieves()
  @Writes('Try the parked inputs of an instance again, in order', 200, TakenInputsResource, 404)
  async takeInputs(
    @CurrentCommandContext() context: CommandContext,
    @CurrentPrincipal() { accountId }: Principal,
    @Param('process') name: string,
    @Param('instance') instance: string,
  ): Promise<TakenInputsResource> {
    const process = await this.ofAccount(accountId, name, instance);
    return { taken: await takeParkedInputs(this.aggregates, process, instance, context) };
  }

  /** @throws NotFoundException also for an instance of another account */
  private async ofAccount(accountId: string, name: string, instance: string): Promise<OperatedProcess> {
    const process = this.processes.all.find((one) => one.name === name);
    const blocked =
      process && (await this.readModels.get(blockedProcesses, accountId, `${name}-${instance}`));
    if (process && blocked) return process;
    throw new NotFoundException(`No blocked instance ${instance} of a process ${name}`);
  }
}
