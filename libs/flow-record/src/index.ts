export * from './address';
export * from './collection-plan';
export * from './entry-fields';
export * from './flow-log-entry';
export * from './observation';
export * from './traffic-path';
export * from './regional-id';
