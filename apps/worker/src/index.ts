export { ReadModelFollower } from './read-model-follower';
export type { FollowersLease, ReadModelFollowerOptions, VisibleLog } from './read-model-follower';
export { ReadModelProgress } from './read-model-progress';
export { Worker } from './worker';
export type { WorkerOptions } from './worker';
