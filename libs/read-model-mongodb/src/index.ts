export * from './errors';
export * from './mongo-read-model-store';
