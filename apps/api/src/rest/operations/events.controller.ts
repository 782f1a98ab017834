import { Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ListEvents } from '@flowledger/flow-log';
import { CurrentPrincipal } from '../../http/principal';
import type { Principal } from '../../http/principal';
import { PageQuery } from '../members/page.query';
import { Reads, Resource } from '../members/routes';
import { AuditEventResource } from './audit-event.resource';

@Resource('events', 'Audit')
export class EventsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Reads('The audit trail of the account, oldest first', { page: AuditEventResource })
  list(@CurrentPrincipal() { accountId }: Principal, @Query() { limit, after }: PageQuery) {
    return this.queries.execute(new ListEvents(accountId, { limit, after }));
  }
}
