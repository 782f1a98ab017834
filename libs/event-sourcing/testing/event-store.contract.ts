import type { EventStore } from '@flowledger/event-sourcing';
import type { ContractContext, EventStoreHarness } from './event-store-fixtures';
import { appendContract } from './event-store.append.contract';
import { expectationContract } from './event-store.expectation.contract';
import { deletedStreamContract } from './event-store.deleted-stream.contract';
import { idempotencyContract, weakIdempotencyContract } from './event-store.idempotency.contract';
import { atomicityContract } from './event-store.atomicity.contract';
import { readStreamContract } from './event-store.read-stream.contract';
import { logContract } from './event-store.log.contract';
import { subscriptionContract } from './event-store.subscription.contract';
import { liveSubscriptionContract } from './event-store.live-subscription.contract';
import { retentionContract } from './event-store.retention.contract';
import { foreignEventContract } from './event-store.foreign-event.contract';
import { restoredLogContract } from './event-store.restored-log.contract';
import { burstContract } from './event-store.burst.contract';

/** The promises of the {@link EventStore} port as tests. Every adapter calls it in its own spec. */
export function eventStoreContract<Store extends EventStore>(
  name: string,
  harness: EventStoreHarness<Store>,
): void {
  describe(`the event store contract: ${name}`, () => {
    let store: Store;
    const close = async (): Promise<void> => (harness.close ? harness.close(store) : store.close());
    const context: ContractContext<Store> = {
      harness,
      store: () => store,
      restart: async () => (store = await harness.reopen(store)),
      use: (next) => (store = next),
    };

    beforeEach(async () => {
      store = await harness.open();
    });
    afterEach(close);

    appendContract(context);
    expectationContract(context);
    deletedStreamContract(context);
    idempotencyContract(context);
    weakIdempotencyContract(context);
    atomicityContract(context);
    readStreamContract(context);
    logContract(context);
    subscriptionContract(context);
    liveSubscriptionContract(context);
    retentionContract(context);
    foreignEventContract(context);
    restoredLogContract(context);
    burstContract(context);
  });
}
