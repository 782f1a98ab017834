export * from './blocked-processes';
export * from './process-dispatcher';
export * from './process-instance';
export * from './process-manager-runtime';
export * from './process-orders';
export * from './process-projections';
export * from './process-timers.projection';
