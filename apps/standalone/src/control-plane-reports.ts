import type { CommandBus } from '@nestjs/cqrs';
import type { WaitingFlowLog } from '@flowledger/collection-scope';
import { DeliveryReports } from '@flowledger/collector';
import type { DeliveryReport } from '@flowledger/collector';
import { AcknowledgePlan, ReportDelivery } from '@flowledger/delivery';
import { newId } from '@flowledger/event-sourcing';
import type { CommandContext } from '@flowledger/event-sourcing';
import type { CollectionPlan } from '@flowledger/flow-record';

/** The data plane's way up, as commands. What was known already changes nothing, so each report may be a new command. */
export class ControlPlaneReports extends DeliveryReports {
  constructor(private readonly commands: () => CommandBus) {
    super();
  }

  async report({ accountId, ...report }: DeliveryReport): Promise<void> {
    await this.commands().execute(new ReportDelivery(collectorContext(accountId), report));
  }

  async acknowledge(
    flowLogs: readonly WaitingFlowLog[],
    { version, position }: CollectionPlan,
  ): Promise<readonly string[]> {
    const flowLogIds = flowLogs.map(({ flowLogId }) => flowLogId);
    const [first] = flowLogs;
    if (!first) return [];
    const { completed } = await this.commands().execute(
      new AcknowledgePlan(collectorContext(first.accountId), { flowLogIds, planVersion: version, position }),
    );
    return completed;
  }
}

function collectorContext(accountId: string): CommandContext {
  const id = newId();
  return { commandId: id, correlationId: id, causationId: id, actor: 'system:collector', accountId };
}
