export * from './decider-spec';
export * from './recorded';
export * from './projection-spec';
export * from './process-spec';
export * from './event-store-fixtures';
export * from './event-store.contract';
export * from './subscription-reader';
export * from './read-model-store.contract';
export type { ReadModelStoreHarness } from './read-model-store-samples';
