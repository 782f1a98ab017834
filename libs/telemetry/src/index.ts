export * from './open-tracing';
export * from './trace-commands';
export * from './trace-commits';
export * from './trace-requests';
export * from './traced-event-store';
export * from './tracing';
