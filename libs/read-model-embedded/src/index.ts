export * from './embedded-read-model-store';
export * from './errors';
