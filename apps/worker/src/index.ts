export { CollectionPlans, PlanKeeper } from './plan-keeper';
export { Worker } from './worker';
export type { WorkerOptions } from './worker';
