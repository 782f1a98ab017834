import { AggregateStore, comparePositions, deterministicId, parsePosition } from '@flowledger/event-sourcing';
import type { CommandContext } from '@flowledger/event-sourcing';
import type { FlowLogDocument } from '@flowledger/flow-log';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { deliveryReportDecider } from '../domain/delivery-report.decider';
import { deliveryReportsStream } from '../domain/delivery-report.events';
import { FlowLogDirectory } from '../flow-log-directory';

export interface AcknowledgedPlan {
  /** Flow logs that the plan's deliveries name: only these can become Active by it. */
  readonly flowLogIds: readonly string[];
  readonly planVersion: number;
  /** Text of the log position that the plan covers. */
  readonly position: string;
}

/** The collector works by this plan now. Answers which flow logs had waited for it. @throws MalformedPosition */
export class AcknowledgePlan extends Command<{ readonly completed: readonly string[] }> {
  constructor(
    readonly context: CommandContext,
    readonly input: AcknowledgedPlan,
  ) {
    super();
  }
}

@CommandHandler(AcknowledgePlan)
export class AcknowledgePlanHandler implements ICommandHandler<AcknowledgePlan> {
  constructor(
    private readonly aggregates: AggregateStore,
    private readonly directory: FlowLogDirectory,
  ) {}

  /** The plan was made from read models that had passed its position, so whoever waits for it is found there. */
  async execute({ context, input }: AcknowledgePlan): Promise<{ completed: string[] }> {
    const waiting = await this.directory.waitingForPlan();
    const planned = new Set(input.flowLogIds);
    const position = parsePosition(input.position);
    const covered = waiting.filter(
      ({ flowLogId, started, awaits }) =>
        awaits !== null &&
        comparePositions(parsePosition(awaits.position), position) <= 0 &&
        (!started || planned.has(flowLogId)),
    );
    await Promise.all(covered.map((flowLog) => this.acknowledge(context, input, flowLog)));
    return { completed: covered.map(({ flowLogId }) => flowLogId) };
  }

  private async acknowledge(
    context: CommandContext,
    { planVersion, position }: AcknowledgedPlan,
    { flowLogId, accountId, regionId, awaits }: FlowLogDocument,
  ): Promise<void> {
    await this.aggregates.handle(
      deliveryReportsStream(flowLogId),
      deliveryReportDecider,
      {
        type: 'AcknowledgePlan',
        flowLogId,
        planVersion,
        planPosition: position,
        covers: awaits!.eventId,
      },
      { ...context, accountId, regionId, commandId: deterministicId(`${context.commandId}/${flowLogId}`) },
    );
  }
}
