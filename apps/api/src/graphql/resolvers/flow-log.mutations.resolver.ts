import { UseGuards } from '@nestjs/common';
import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import {
  ChangeFlowLog,
  CreateFlowLog,
  DeleteFlowLog,
  StartFlowLog,
  StopFlowLog,
  TagFlowLog,
} from '@flowledger/flow-log';
import type { FlowLogTag, FlowLogWritten } from '@flowledger/flow-log';
import { formatPosition } from '@flowledger/event-sourcing';
import type { FastifyRequest } from 'fastify';
import { AuthenticationGuard } from '../../http/authentication.guard';
import { RequiresRole } from '../../http/principal';
import { FlowLogPresenter } from '../../presentation';
import { Commands } from '../commands';
import { ChangeArgs, CommandArgs } from '../inputs/command.args';
import type { ChangeOptions, CommandOptions } from '../inputs/command.args';
import { ChangeFlowLogInput, CreateFlowLogInput, TagInput } from '../inputs/flow-log.inputs';
import type { FlowLogChangesInput, FlowLogInput } from '../inputs/flow-log.inputs';
import { FlowLogPayload } from '../schema/payloads';
import { plain } from '../schema/plain';
import { accountOf, Asking } from './asking';

@Resolver()
@UseGuards(AuthenticationGuard)
@RequiresRole('operator')
export class FlowLogMutationsResolver {
  constructor(
    private readonly commands: Commands,
    private readonly presenter: FlowLogPresenter,
  ) {}

  @Mutation(() => FlowLogPayload)
  async createFlowLog(
    @Asking() request: FastifyRequest,
    @Args('input', { type: () => CreateFlowLogInput }) sent: FlowLogInput,
    @Args({ type: () => CommandArgs }) { idempotencyKey }: CommandOptions,
  ) {
    const input = plain(sent);
    const order = { name: 'createFlowLog', input, idempotencyKey };
    const created = await this.commands.carryOut(
      request,
      order,
      (context) => new CreateFlowLog(context, input),
    );
    return this.shown(request, created);
  }

  @Mutation(() => FlowLogPayload, {
    description: 'Interval and IP version take a moment: Modifying, then back.',
  })
  async changeFlowLog(
    @Asking() request: FastifyRequest,
    @Args('id', { type: () => ID }) flowLogId: string,
    @Args('input', { type: () => ChangeFlowLogInput }) changes: FlowLogChangesInput,
    @Args({ type: () => ChangeArgs }) { idempotencyKey, ifRevision }: ChangeOptions,
  ) {
    const input = plain({ flowLogId, changes, ifRevision: ifRevision ?? undefined });
    const order = { name: 'changeFlowLog', input, idempotencyKey };
    const changed = await this.commands.carryOut(
      request,
      order,
      (context) => new ChangeFlowLog(context, input),
    );
    return this.shown(request, changed);
  }

  @Mutation(() => FlowLogPayload)
  async startFlowLog(
    @Asking() request: FastifyRequest,
    @Args('id', { type: () => ID }) flowLogId: string,
    @Args({ type: () => ChangeArgs }) { idempotencyKey, ifRevision }: ChangeOptions,
  ) {
    const input = plain({ flowLogId, ifRevision: ifRevision ?? undefined });
    const order = { name: 'startFlowLog', input, idempotencyKey };
    const started = await this.commands.carryOut(
      request,
      order,
      (context) => new StartFlowLog(context, input),
    );
    return this.shown(request, started);
  }

  @Mutation(() => FlowLogPayload)
  async stopFlowLog(
    @Asking() request: FastifyRequest,
    @Args('id', { type: () => ID }) flowLogId: string,
    @Args({ type: () => ChangeArgs }) { idempotencyKey, ifRevision }: ChangeOptions,
  ) {
    const input = plain({ flowLogId, ifRevision: ifRevision ?? undefined });
    const order = { name: 'stopFlowLog', input, idempotencyKey };
    const stopped = await this.commands.carryOut(
      request,
      order,
      (context) => new StopFlowLog(context, input),
    );
    return this.shown(request, stopped);
  }

  @Mutation(() => FlowLogPayload, { description: 'Replaces all tags.' })
  async tagFlowLog(
    @Asking() request: FastifyRequest,
    @Args('id', { type: () => ID }) flowLogId: string,
    @Args('tags', { type: () => [TagInput] }) tags: FlowLogTag[],
    @Args({ type: () => ChangeArgs }) { idempotencyKey, ifRevision }: ChangeOptions,
  ) {
    const input = plain({ flowLogId, tags, ifRevision: ifRevision ?? undefined });
    const order = { name: 'tagFlowLog', input, idempotencyKey };
    const tagged = await this.commands.carryOut(request, order, (context) => new TagFlowLog(context, input));
    return this.shown(request, tagged);
  }

  @Mutation(() => FlowLogPayload, {
    description: 'Deleting for a while, then gone; its entries stay readable.',
  })
  async deleteFlowLog(
    @Asking() request: FastifyRequest,
    @Args('id', { type: () => ID }) flowLogId: string,
    @Args({ type: () => ChangeArgs }) { idempotencyKey, ifRevision }: ChangeOptions,
  ) {
    const input = plain({ flowLogId, ifRevision: ifRevision ?? undefined });
    const order = { name: 'deleteFlowLog', input, idempotencyKey };
    const { position } = await this.commands.carryOut(
      request,
      order,
      (context) => new DeleteFlowLog(context, input),
    );
    const lastView = () => this.presenter.asWritten(accountOf(request), flowLogId, position);
    return {
      flowLog: await this.commands.shown(position, lastView),
      position: formatPosition(position),
    };
  }

  private async shown(request: FastifyRequest, { flowLogId, position }: FlowLogWritten) {
    const view = () => this.presenter.one(accountOf(request), flowLogId);
    return { flowLog: await this.commands.shown(position, view), position: formatPosition(position) };
  }
}
