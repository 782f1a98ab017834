import { EventStore, comparePositions, formatPosition, parsePosition } from '@flowledger/event-sourcing';
import type { Page } from '@flowledger/event-sourcing';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { FlowLogRejected } from '../domain/flow-log.errors';
import { auditEventOf } from './audit-event';
import type { AuditEvent } from './audit-event';
import { flowLogTrail } from './flow-log-trail';

/**
 * The audit trail of one flow log, oldest first, also after its deletion: read from the log itself.
 * `after`: the position of the last event seen.
 * @throws FlowLogRejected FlowLogNotFound
 * @throws MalformedPosition
 */
export class GetFlowLogEvents extends Query<Page<AuditEvent>> {
  constructor(
    readonly accountId: string,
    readonly flowLogId: string,
    readonly options: { readonly limit: number; readonly after?: string },
  ) {
    super();
  }
}

@QueryHandler(GetFlowLogEvents)
export class GetFlowLogEventsHandler implements IQueryHandler<GetFlowLogEvents> {
  constructor(private readonly events: EventStore) {}

  async execute({ accountId, flowLogId, options }: GetFlowLogEvents): Promise<Page<AuditEvent>> {
    const after = options.after === undefined ? undefined : parsePosition(options.after);
    const trail = await flowLogTrail(this.events, flowLogId, accountId);
    if (trail.length === 0) {
      throw new FlowLogRejected('FlowLogNotFound', `There is no flow log ${flowLogId.slice(0, 64)}`);
    }
    const rest = after ? trail.filter(({ position }) => comparePositions(position, after) > 0) : trail;
    const page = rest.slice(0, options.limit);
    return {
      items: page.map(auditEventOf),
      nextCursor: rest.length > page.length ? formatPosition(page.at(-1)!.position) : null,
    };
  }
}
