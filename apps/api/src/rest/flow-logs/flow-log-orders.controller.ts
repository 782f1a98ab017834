import { Body, Delete, Param, Patch, Post, Put, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { CommandContext } from '@flowledger/event-sourcing';
import {
  ChangeFlowLog,
  CreateFlowLog,
  DeleteFlowLog,
  StartFlowLog,
  StopFlowLog,
  TagFlowLog,
} from '@flowledger/flow-log';
import type { FlowLogWritten } from '@flowledger/flow-log';
import type { FastifyReply } from 'fastify';
import { CurrentCommandContext, IfMatch } from '../../http/command-context';
import { RequiresRole } from '../../http/principal';
import { Written } from '../../http/written';
import { FlowLogPresenter } from '../../presentation';
import { Resource, Writes } from '../members/routes';
import { FlowLogResource } from './flow-log.resource';
import { ChangeFlowLogBody, CreateFlowLogBody, TagsBody } from './flow-log.bodies';

@Resource('flow-logs', 'Flow logs')
@RequiresRole('operator')
export class FlowLogOrdersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly flowLogs: FlowLogPresenter,
    private readonly written: Written,
  ) {}

  @Post()
  @Writes('Create a flow log; it starts at once', 201, FlowLogResource, 404, 409)
  async create(
    @CurrentCommandContext() context: CommandContext,
    @Body() body: CreateFlowLogBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const created = await this.commands.execute(new CreateFlowLog(context, body));
    reply.header('Location', `/api/v1/flow-logs/${created.flowLogId}`);
    return this.shown(reply, context, created);
  }

  @Patch(':flowLogId')
  @Writes('Change a flow log; 202 when interval or IP version are named', 200, FlowLogResource, 404, 409, 412)
  async change(
    @CurrentCommandContext() context: CommandContext,
    @Param('flowLogId') flowLogId: string,
    @Body() changes: ChangeFlowLogBody,
    @IfMatch() ifRevision: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const takesAMoment = changes.aggregationInterval !== undefined || changes.ipVersion !== undefined;
    reply.status(takesAMoment ? 202 : 200);
    const input = { flowLogId, changes: { ...changes }, ifRevision };
    return this.shown(reply, context, await this.commands.execute(new ChangeFlowLog(context, input)));
  }

  @Post(':flowLogId/start')
  @Writes('Start a flow log', 202, FlowLogResource, 404, 409, 412)
  async start(
    @CurrentCommandContext() context: CommandContext,
    @Param('flowLogId') flowLogId: string,
    @IfMatch() ifRevision: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const command = new StartFlowLog(context, { flowLogId, ifRevision });
    return this.shown(reply, context, await this.commands.execute(command));
  }

  @Post(':flowLogId/stop')
  @Writes('Stop a flow log', 202, FlowLogResource, 404, 409, 412)
  async stop(
    @CurrentCommandContext() context: CommandContext,
    @Param('flowLogId') flowLogId: string,
    @IfMatch() ifRevision: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const command = new StopFlowLog(context, { flowLogId, ifRevision });
    return this.shown(reply, context, await this.commands.execute(command));
  }

  @Put(':flowLogId/tags')
  @Writes('Replace all tags', 200, FlowLogResource, 404, 409, 412)
  async tag(
    @CurrentCommandContext() context: CommandContext,
    @Param('flowLogId') flowLogId: string,
    @Body() { tags }: TagsBody,
    @IfMatch() ifRevision: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const command = new TagFlowLog(context, { flowLogId, tags, ifRevision });
    return this.shown(reply, context, await this.commands.execute(command));
  }

  @Delete(':flowLogId')
  @Writes('Delete a flow log; entries stay readable', 202, FlowLogResource, 404, 409, 412)
  async delete(
    @CurrentCommandContext() context: CommandContext,
    @Param('flowLogId') flowLogId: string,
    @IfMatch() ifRevision: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const command = new DeleteFlowLog(context, { flowLogId, ifRevision });
    const { position } = await this.commands.execute(command);
    return this.written.answer(reply, position, () =>
      this.flowLogs.asWritten(context.accountId, flowLogId, position),
    );
  }

  private shown(reply: FastifyReply, { accountId }: CommandContext, { flowLogId, position }: FlowLogWritten) {
    return this.written.answer(reply, position, () => this.flowLogs.one(accountId, flowLogId));
  }
}
