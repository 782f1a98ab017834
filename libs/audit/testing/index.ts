export * from './log-of-events';
export * from './verifier';
