import { EventStore, parsePosition } from '@flowledger/event-sourcing';
import type { Page } from '@flowledger/event-sourcing';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { auditEventOf } from './audit-event';
import type { AuditEvent } from './audit-event';

export interface EventListOptions {
  readonly limit: number;
  /** Text of the position of the last event seen. */
  readonly after?: string;
  readonly streamPrefixes?: readonly string[];
}

/** Every event of an account, oldest first. Remembered requests are no events of the domain. @throws MalformedPosition */
export class ListEvents extends Query<Page<AuditEvent>> {
  constructor(
    readonly accountId: string,
    readonly options: EventListOptions,
  ) {
    super();
  }
}

@QueryHandler(ListEvents)
export class ListEventsHandler implements IQueryHandler<ListEvents> {
  constructor(private readonly events: EventStore) {}

  async execute({ accountId, options }: ListEvents): Promise<Page<AuditEvent>> {
    const { limit, after, streamPrefixes } = options;
    const items: AuditEvent[] = [];
    const all = this.events.readAll({
      ...(after !== undefined && { from: parsePosition(after) }),
      ...(streamPrefixes && { streamPrefixes }),
    });
    for await (const event of all) {
      if (event.metadata.accountId !== accountId || event.stream.startsWith('request-')) continue;
      if (items.length === limit) return { items, nextCursor: items.at(-1)!.position };
      items.push(auditEventOf(event));
    }
    return { items, nextCursor: null };
  }
}
