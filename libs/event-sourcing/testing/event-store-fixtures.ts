import { newId } from '@flowledger/event-sourcing';
import type { EventStore, NewEvent, RecordedEvent } from '@flowledger/event-sourcing';

/** What a stream's metadata may limit. */
export interface StreamLimits {
  readonly maxCount?: number;
  /** First revision that is still read. */
  readonly truncateBefore?: number;
}

/** Ways to bring a stream into a state that the port itself cannot produce. */
export interface StreamStates<Store> {
  /** Replaces the stream's metadata, `$$stream`. */
  setMetadata(store: Store, stream: string, limits: StreamLimits): Promise<void>;
  softDelete(store: Store, stream: string): Promise<void>;
  tombstone(store: Store, stream: string): Promise<void>;
  /** Appends, as another application would, one event whose data are no JSON and that has no metadata. */
  appendForeign(store: Store, stream: string, type: string, data: Uint8Array): Promise<void>;
}

/** Why an adapter cannot show something: reported in the place of its cases. */
export interface NotApplicable {
  readonly notApplicable: string;
}

/** What an adapter must offer to run the contract. The store may hold other streams: the suite never looks at them. */
export interface EventStoreHarness<Store extends EventStore = EventStore> {
  open(): Promise<Store>;
  /** Called after each test with every store it opened; `store.close()` when absent. */
  close?(store: Store): Promise<void>;
  /** Restarts on the same data. */
  readonly reopen: (store: Store) => Promise<Store>;
  readonly states: StreamStates<Store> | NotApplicable;
  /** Whether a repeated `any` or `stream-exists` append is recognised after `reopen`. */
  readonly weakIdempotencySurvivesRestart: boolean | NotApplicable;
  /** Ends every live subscription as a failing connection would. */
  readonly drop: ((store: Store) => Promise<void> | void) | NotApplicable;
  /** Copies the log; what it resolves with opens that copy in the place of the store, which it closes. */
  readonly snapshot: ((store: Store) => Promise<() => Promise<Store>>) | NotApplicable;
}

/** Declares the cases of what an adapter offers; reports why there are none where it does not. */
export function whereOffered<Offer extends object | boolean>(
  offer: Offer | NotApplicable,
  what: string,
  cases: (offer: Offer) => void,
): void {
  if (typeof offer === 'object' && 'notApplicable' in offer)
    it(`n/a ${what}: ${offer.notApplicable}`, () => expect(offer.notApplicable).not.toBe(''));
  else cases(offer);
}

/** What each concern of the suite works with. `store()` is the fresh store of the running test. */
export interface ContractContext<Store extends EventStore = EventStore> {
  readonly harness: EventStoreHarness<Store>;
  readonly store: () => Store;
  /** The same data in a store that was closed and opened again; `store()` is that one from then on. */
  readonly restart: () => Promise<Store>;
  /** The given store is `store()` from now on. */
  readonly use: (store: Store) => Store;
}

/** A prefix that no other test uses, so that a shared server serves as well as an empty store. */
export const newCategory = (): string => `contract${newId().replaceAll('-', '')}-`;
export const newStream = (): string => `${newCategory()}1`;

export function newEvent(over: Partial<NewEvent> = {}): NewEvent {
  const id = over.id ?? newId();
  return {
    id,
    type: 'ThingHappened',
    data: { note: `event ${id}` },
    metadata: {
      $correlationId: newId(),
      $causationId: newId(),
      actor: 'token-1',
      accountId: '1000000000000001',
      command: 'MakeThingHappen',
      schemaVersion: 1,
    },
    ...over,
  };
}

export const newEvents = (count: number): NewEvent[] => Array.from({ length: count }, () => newEvent());

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export const idsOf = (events: readonly { readonly id: string }[]): string[] => events.map(({ id }) => id);

export const idsIn = async (events: AsyncIterable<RecordedEvent>): Promise<string[]> =>
  idsOf(await collect(events));

/** What a recorded event has in common with the event that was appended. */
export const asAppended = ({ id, type, data, metadata }: RecordedEvent): NewEvent => ({
  id,
  type,
  data,
  metadata,
});
