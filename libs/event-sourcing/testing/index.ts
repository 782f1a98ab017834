export * from './decider-spec';
export * from './recorded';
export * from './projection-spec';
export * from './process-spec';
export * from './event-store-fixtures';
export * from './event-store.contract';
export * from './subscription-reader';
