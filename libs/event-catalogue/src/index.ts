export type * from './async-api';
export type * from './catalogue';
export * from './cloud-event';
export * from './upcasters';
