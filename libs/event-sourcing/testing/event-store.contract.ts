import type { EventStore } from '@flowledger/event-sourcing';
import type { ContractContext, EventStoreHarness } from './event-store-fixtures';
import { appendContract } from './event-store.append.contract';
import { deletedStreamContract, expectationContract } from './event-store.expectation.contract';
import { idempotencyContract, weakIdempotencyContract } from './event-store.idempotency.contract';
import { atomicityContract } from './event-store.atomicity.contract';
import { readStreamContract } from './event-store.read-stream.contract';
import { logContract } from './event-store.log.contract';
import { subscriptionContract } from './event-store.subscription.contract';
import { liveSubscriptionContract } from './event-store.live-subscription.contract';

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
      restart: async () => (store = await harness.reopen!(store)),
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
  });
}
