export * from './clock';
export * from './decider';
export * from './errors';
export * from './event';
export * from './event-ids';
export * from './event-store';
export * from './positions';
export * from './read-model-store';
