import { UseGuards } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Args, Int, Mutation, Resolver } from '@nestjs/graphql';
import {
  ChangeLogstoreRetention,
  CreateLogstore,
  CreateProject,
  DeleteLogstore,
  DeleteProject,
  GetLogstore,
  GetProject,
} from '@flowledger/log-service';
import { formatPosition } from '@flowledger/event-sourcing';
import type { LogPosition } from '@flowledger/event-sourcing';
import type { FastifyRequest } from 'fastify';
import { AuthenticationGuard } from '../../http/authentication.guard';
import { RequiresRole } from '../../http/principal';
import { DoorOptions } from '../../ports';
import { Commands } from '../commands';
import { ChangeArgs, CommandArgs } from '../inputs/command.args';
import type { ChangeOptions, CommandOptions } from '../inputs/command.args';
import { CreateLogstoreInput, CreateProjectInput } from '../inputs/log-service.inputs';
import type { LogstoreInput, ProjectInput } from '../inputs/log-service.inputs';
import {
  DeleteLogstorePayload,
  DeleteProjectPayload,
  LogstorePayload,
  ProjectPayload,
} from '../schema/payloads';
import { plain } from '../schema/plain';
import { accountOf, Asking } from './asking';

@Resolver()
@UseGuards(AuthenticationGuard)
@RequiresRole('operator')
export class LogServiceMutationsResolver {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
    private readonly options: DoorOptions,
  ) {}

  @Mutation(() => ProjectPayload)
  async createProject(
    @Asking() request: FastifyRequest,
    @Args('input', { type: () => CreateProjectInput }) sent: ProjectInput,
    @Args({ type: () => CommandArgs }) { idempotencyKey }: CommandOptions,
  ) {
    const input = { description: '', regionId: this.options.regions[0]!, ...plain(sent) };
    const order = { name: 'createProject', input, idempotencyKey };
    const { position, projectName } = await this.commands.carryOut(
      request,
      order,
      (context) => new CreateProject(context, input),
    );
    const query = new GetProject(accountOf(request), projectName);
    return {
      project: await this.commands.shown(position, () => this.queries.execute(query)),
      position: formatPosition(position),
    };
  }

  @Mutation(() => DeleteProjectPayload, {
    description: 'With its logstores; flow logs that deliver to them stop.',
  })
  async deleteProject(
    @Asking() request: FastifyRequest,
    @Args('name', { type: () => String }) projectName: string,
    @Args({ type: () => ChangeArgs }) { idempotencyKey, ifRevision }: ChangeOptions,
  ) {
    const input = plain({ projectName, ifRevision: ifRevision ?? undefined });
    const order = { name: 'deleteProject', input, idempotencyKey };
    const { position } = await this.commands.carryOut(
      request,
      order,
      (context) => new DeleteProject(context, input),
    );
    return { projectName, position: await this.commands.gone(position) };
  }

  @Mutation(() => LogstorePayload)
  async createLogstore(
    @Asking() request: FastifyRequest,
    @Args('input', { type: () => CreateLogstoreInput }) sent: LogstoreInput,
    @Args({ type: () => CommandArgs }) { idempotencyKey }: CommandOptions,
  ) {
    const input = plain(sent);
    const order = { name: 'createLogstore', input, idempotencyKey };
    const { position } = await this.commands.carryOut(
      request,
      order,
      (context) => new CreateLogstore(context, input),
    );
    return this.shown(request, input, position);
  }

  @Mutation(() => LogstorePayload)
  async changeLogstoreRetention(
    @Asking() request: FastifyRequest,
    @Args('project', { type: () => String }) projectName: string,
    @Args('name', { type: () => String }) logstoreName: string,
    @Args('ttl', { type: () => Int, description: 'Days, 1 to 3650.' }) ttl: number,
    @Args({ type: () => ChangeArgs }) { idempotencyKey, ifRevision }: ChangeOptions,
  ) {
    const input = plain({ projectName, logstoreName, ttl, ifRevision: ifRevision ?? undefined });
    const order = { name: 'changeLogstoreRetention', input, idempotencyKey };
    const { position } = await this.commands.carryOut(
      request,
      order,
      (context) => new ChangeLogstoreRetention(context, input),
    );
    return this.shown(request, input, position);
  }

  @Mutation(() => DeleteLogstorePayload, { description: 'With its entries.' })
  async deleteLogstore(
    @Asking() request: FastifyRequest,
    @Args('project', { type: () => String }) projectName: string,
    @Args('name', { type: () => String }) logstoreName: string,
    @Args({ type: () => ChangeArgs }) { idempotencyKey, ifRevision }: ChangeOptions,
  ) {
    const input = plain({ projectName, logstoreName, ifRevision: ifRevision ?? undefined });
    const order = { name: 'deleteLogstore', input, idempotencyKey };
    const { position } = await this.commands.carryOut(
      request,
      order,
      (context) => new DeleteLogstore(context, input),
    );
    return { projectName, logstoreName, position: await this.commands.gone(position) };
  }

  private async shown(
    request: FastifyRequest,
    { projectName, logstoreName }: LogstoreInput,
    position: LogPosition,
  ) {
    const query = new GetLogstore(accountOf(request), projectName, logstoreName);
    return {
      logstore: await this.commands.shown(position, () => this.queries.execute(query)),
      position: formatPosition(position),
    };
  }
}
