import type { EventStore } from '@flowledger/event-sourcing';
import { burstContract } from '../../libs/event-sourcing/testing/event-store.burst.contract';
import { chaosCase } from './frame/chaos-case';
import { everyLog } from './support/everywhere';

chaosCase(
  'R41',
  '5,000 appends at once on a fresh connection are each taken or refused with a type',
  everyLog,
  (open) => {
    let store: EventStore;
    beforeEach(async () => ({ events: store } = await open()));
    burstContract({ store: () => store } as Parameters<typeof burstContract>[0]);
  },
);
