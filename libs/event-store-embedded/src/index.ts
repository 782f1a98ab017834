export * from './embedded-event-store';
export * from './unknown-format';
export type { VerificationProgress } from './verification';
