export * from './connection-string';
export * from './event-store-db-event-store';
export * from './event-store-db-options';
