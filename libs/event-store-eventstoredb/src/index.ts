export { TooManyAppends } from './append-gate';
export { CircuitOpen } from './circuit-breaker';
export { ClientsCollide } from './client/load-client';
export type { ClientKind } from './client/load-client';
export { InvalidConnectionString } from './connection-string';
export * from './event-store-db-event-store';
export type { EventStoreDbOptions } from './event-store-db-options';
