import { AggregateStore, deterministicId, isRejected } from '@flowledger/event-sourcing';
import type { CommandContext } from '@flowledger/event-sourcing';
import { CreateLogstore, CreateProject, LogTargets } from '@flowledger/log-service';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { ICommand } from '@nestjs/cqrs';
import { flowLogDecider } from '../domain/flow-log.decider';
import { flowLogStream } from '../domain/flow-log.events';
import { flowLogRegistryDecider } from '../domain/flow-log-registry.decider';
import { flowLogRegistryStream } from '../domain/flow-log-registry.events';
import type { FlowLogReserved } from '../domain/flow-log-registry.events';
import { FlowLogRejected } from '../domain/flow-log.errors';
import { written } from './flow-log-written';
import type { FlowLogWritten } from './flow-log-written';

/** Retention of a logstore that a flow log makes, in days (DD-10). */
const daysKept = { withReport: 7, withoutReport: 300 };

/**
 * What follows from a reservation. The handler does it at once, the lifecycle process does it after a crash: every
 * command id is made from the flow log's, so whatever was done already is not done again.
 */
@Injectable()
export class FlowLogCreation {
  constructor(
    private readonly aggregates: AggregateStore,
    private readonly targets: LogTargets,
    private readonly commands: CommandBus,
  ) {}

  /** @throws FlowLogRejected FlowLogNotFound when there is no such reservation */
  async complete(flowLogId: string, cause: CommandContext): Promise<FlowLogWritten> {
    const { accountId } = cause;
    const stream = flowLogStream(flowLogId);
    const existing = await this.aggregates.load(stream, flowLogDecider);
    if (existing.state.existence !== 'Absent') return written(flowLogId, existing);
    const registry = await this.aggregates.load(flowLogRegistryStream(accountId), flowLogRegistryDecider);
    const reserved = registry.state.reservations.get(flowLogId);
    if (!reserved) throw new FlowLogRejected('FlowLogNotFound', `There is no flow log ${flowLogId}`);
    const { settings, text, tags } = reserved;
    const context = (step: string): CommandContext => ({
      ...cause,
      regionId: settings.regionId,
      commandId: deterministicId(`${flowLogId}/${step}`),
    });
    const logstoreId = await this.boundLogstore(reserved, accountId, context);
    const created = await this.aggregates.handle(
      stream,
      flowLogDecider,
      { type: 'CreateFlowLog', flowLogId, accountId, settings, text, tags, logstoreId },
      context('create'),
    );
    return written(flowLogId, created);
  }

  /** Null when the target disappeared after the reservation: the flow log exists, and its delivery stalls. */
  private async boundLogstore(
    { settings: { projectName, logstoreName, regionId }, target }: FlowLogReserved['data'],
    accountId: string,
    context: (step: string) => CommandContext,
  ): Promise<string | null> {
    let found = await this.targets.find(accountId, projectName, logstoreName);
    if (found.project === 'missing' && target.createProject) {
      await this.attempt(
        new CreateProject(context('create-project'), { projectName, regionId, description: '' }),
      );
      found = await this.targets.find(accountId, projectName, logstoreName);
    }
    if (found.project === 'own' && found.logstoreId === null && target.createLogstore) {
      const ttl = target.enableLogAnalysisReport ? daysKept.withReport : daysKept.withoutReport;
      await this.attempt(new CreateLogstore(context('create-logstore'), { projectName, logstoreName, ttl }));
      found = await this.targets.find(accountId, projectName, logstoreName);
    }
    return found.project === 'own' ? found.logstoreId : null;
  }

  /** A refusal means that somebody else was there first; what exists now is looked up afterwards. */
  private async attempt(command: ICommand): Promise<void> {
    try {
      await this.commands.execute(command);
    } catch (error) {
      if (!isRejected(error)) throw error;
    }
  }
}
