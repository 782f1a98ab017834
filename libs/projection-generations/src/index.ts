export * from './compare-generations';
export * from './errors';
export * from './generation-operations';
export type { GenerationProgress } from './generation-progress';
export * from './generation-records';
export * from './generation-view';
export * from './projection-generations';
export * from './serving-pointer';
