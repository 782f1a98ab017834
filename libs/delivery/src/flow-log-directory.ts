import { ReadModelStore, everyAccount } from '@flowledger/event-sourcing';
import type { AccountScope, Filter } from '@flowledger/event-sourcing';
import { flowLogStatus } from '@flowledger/flow-log';
import type { FlowLogDocument, ResourceType } from '@flowledger/flow-log';
import { Injectable } from '@nestjs/common';
import type { FlowLogLookup } from './delivery.process-manager';

/** The flow logs that the service itself looks for, whoever owns them; folded from the status read model. */
@Injectable()
export class FlowLogDirectory implements FlowLogLookup {
  constructor(private readonly readModels: ReadModelStore) {}

  async flowLogsBoundTo(accountId: string, logstoreIds: readonly string[]): Promise<readonly string[]> {
    if (logstoreIds.length === 0) return [];
    return ids(await this.all(accountId, { logstoreId: { in: logstoreIds } }));
  }

  async flowLogsOn(
    accountId: string,
    resourceType: ResourceType,
    resourceId: string,
  ): Promise<readonly string[]> {
    return ids(await this.all(accountId, { resourceType, resourceId }));
  }

  /** Flow logs in a transition that a plan ends. */
  waitingForPlan(): Promise<FlowLogDocument[]> {
    return this.all(everyAccount, { status: { in: ['Activating', 'Deactivating', 'Modifying'] } });
  }

  flowLog(flowLogId: string): Promise<FlowLogDocument | undefined> {
    return this.readModels.get(flowLogStatus, everyAccount, flowLogId);
  }

  private async all(scope: AccountScope, filter: Filter<FlowLogDocument>): Promise<FlowLogDocument[]> {
    const found: FlowLogDocument[] = [];
    let after: string | undefined;
    do {
      const page = await this.readModels.find(flowLogStatus, scope, {
        filter,
        limit: 1_000,
        ...(after && { after }),
      });
      found.push(...page.items);
      after = page.nextCursor ?? undefined;
    } while (after);
    return found;
  }
}

const ids = (flowLogs: readonly FlowLogDocument[]): string[] => flowLogs.map(({ flowLogId }) => flowLogId);
