export * from './decider-spec';
export * from './recorded';
export * from './projection-spec';
export * from './process-spec';
