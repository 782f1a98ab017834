import { Get, Header, Query } from '@nestjs/common';
import { toCloudEvent } from '@flowledger/event-catalogue';
import type { CloudEvent } from '@flowledger/event-catalogue';
import { EventStore, parsePosition } from '@flowledger/event-sourcing';
import { shownData } from '@flowledger/flow-log';
import { CurrentPrincipal } from '../../http/principal';
import type { Principal } from '../../http/principal';
import { PageQuery } from '../members/page.query';
import { Reads, Resource } from '../members/routes';

const schema = { type: 'array', items: { type: 'object' } };

/** The audit trail for machines. A batch is an array, so the way on is the last one's `position`. */
@Resource('events/cloudevents', 'Audit')
export class CloudEventsController {
  constructor(private readonly events: EventStore) {}

  @Get()
  @Reads(
    'The events of the account as CloudEvents 1.0, oldest first; go on after the `position` of the last one',
    { schema },
  )
  @Header('Content-Type', 'application/cloudevents-batch+json; charset=utf-8')
  async list(
    @CurrentPrincipal() { accountId }: Principal,
    @Query() { limit, after }: PageQuery,
  ): Promise<string> {
    const batch: CloudEvent[] = [];
    const all = this.events.readAll(after === undefined ? {} : { from: parsePosition(after) });
    for await (const event of all) {
      if (event.metadata.accountId !== accountId || event.stream.startsWith('request-')) continue;
      batch.push(toCloudEvent({ ...event, data: shownData(event) }));
      if (batch.length === limit) break;
    }
    return JSON.stringify(batch);
  }
}
