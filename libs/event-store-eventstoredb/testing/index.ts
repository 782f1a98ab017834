export * from './fake-event';
export * from './fake-event-log';
export * from './fake-event-store';
export * from './fake-faults';
export * from './fault-proxy';
export * from './silent-server';
export type { FakeProfile } from './fake-subscription';
export * from './stores-on-fakes';
export * from './unhandled-rejections';
