export type { TrafficProfile } from './traffic-profile';
export { defaultTrafficProfile } from './traffic-profile';
export { TrafficSimulator } from './traffic-simulator';
