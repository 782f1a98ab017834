import { AggregateStore } from '@flowledger/event-sourcing';
import type { CommandContext } from '@flowledger/event-sourcing';
import { LogTargets } from '@flowledger/log-service';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { flowLogDecider } from '../domain/flow-log.decider';
import { flowLogStream } from '../domain/flow-log.events';
import { written } from './flow-log-written';
import type { FlowLogWritten } from './flow-log-written';

/** Activating until the collector has acknowledged it, then Active. @throws FlowLogRejected */
export class StartFlowLog extends Command<FlowLogWritten> {
  constructor(
    readonly context: CommandContext,
    readonly input: { readonly flowLogId: string; readonly ifRevision?: number },
  ) {
    super();
  }
}

@CommandHandler(StartFlowLog)
export class StartFlowLogHandler implements ICommandHandler<StartFlowLog> {
  constructor(
    private readonly aggregates: AggregateStore,
    private readonly targets: LogTargets,
  ) {}

  async execute({ context, input }: StartFlowLog): Promise<FlowLogWritten> {
    const { flowLogId } = input;
    const { accountId } = context;
    const logstoreId = await this.logstoreOf(flowLogId, accountId);
    const handled = await this.aggregates.handle(
      flowLogStream(flowLogId),
      flowLogDecider,
      { type: 'StartFlowLog', accountId, logstoreId, ...input },
      context,
    );
    return written(flowLogId, handled);
  }

  /** The target as it is now: a logstore made again under the old name has another id. */
  private async logstoreOf(flowLogId: string, accountId: string): Promise<string | null> {
    const { state } = await this.aggregates.load(flowLogStream(flowLogId), flowLogDecider);
    if (state.existence !== 'Present') return null;
    const { projectName, logstoreName } = state.settings;
    const target = await this.targets.find(accountId, projectName, logstoreName);
    return target.project === 'own' ? target.logstoreId : null;
  }
}
