import { AggregateStore } from '@flowledger/event-sourcing';
import type { CommandContext } from '@flowledger/event-sourcing';
import { LogTargets } from '@flowledger/log-service';
import { NetworkResources } from '@flowledger/network';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { FlowLogOptions } from '../flow-log.options';
import type { FlowLogRequest } from '../domain/flow-log.commands';
import { flowLogIdFor } from '../domain/flow-log-id';
import { flowLogRegistryDecider } from '../domain/flow-log-registry.decider';
import { flowLogRegistryStream } from '../domain/flow-log-registry.events';
import type { CreationFacts } from '../domain/flow-log-registry.facts';
import { validRequest } from '../domain/flow-log.request';
import { resourceTypes } from '../domain/flow-log.values';
import { FlowLogCreation } from './flow-log-creation';
import type { FlowLogWritten } from './flow-log-written';

/** The same command id again gives the same flow log. @throws FlowLogRejected */
export class CreateFlowLog extends Command<FlowLogWritten> {
  constructor(
    readonly context: CommandContext,
    readonly input: FlowLogRequest,
  ) {
    super();
  }
}

/** I/O before the decision, one append that decides, and from there only forward ({@link FlowLogCreation}). */
@CommandHandler(CreateFlowLog)
export class CreateFlowLogHandler implements ICommandHandler<CreateFlowLog> {
  constructor(
    private readonly aggregates: AggregateStore,
    private readonly network: NetworkResources,
    private readonly targets: LogTargets,
    private readonly creation: FlowLogCreation,
    private readonly options: FlowLogOptions,
  ) {}

  async execute({ context, input: request }: CreateFlowLog): Promise<FlowLogWritten> {
    const { accountId, commandId } = context;
    // Names that are no names must not become stream names.
    validRequest(request, this.options.userDefinedPaths, undefined);
    const facts = await this.factsOf(accountId, request);
    const regionId = request.regionId ?? facts.resource?.regionId ?? '';
    const flowLogId = flowLogIdFor(regionId, commandId);
    const { events } = await this.aggregates.handle(
      flowLogRegistryStream(accountId),
      flowLogRegistryDecider,
      { type: 'CreateFlowLog', flowLogId, request, facts, policy: this.options },
      { ...context, regionId },
    );
    const [reserved] = events;
    return this.creation.complete(reserved!.data.flowLogId, context);
  }

  private async factsOf(accountId: string, request: FlowLogRequest): Promise<CreationFacts> {
    const { resourceType, resourceId, projectName, logstoreName } = request;
    const wanted = resourceTypes.find((type) => type === resourceType);
    const resource = wanted && (await this.network.find(accountId, wanted, resourceId));
    const target = await this.targets.find(accountId, projectName, logstoreName);
    if (resource) return { resource, target };
    for (const type of resourceTypes) {
      if (type !== wanted && (await this.network.find(accountId, type, resourceId))) {
        return { resource: undefined, resourceIsA: type, target };
      }
    }
    return { resource: undefined, target };
  }
}
