import { pathCode } from '@flowledger/flow-record';

/** What traffic to make up. The whole stream follows from it. */
export interface TrafficProfile {
  readonly seed: number;
  /** Over all interfaces together; arrivals are a Poisson process. */
  readonly connectionsPerSecond: number;
  /** Exponential; cut at twelve times the mean. */
  readonly meanLifeSeconds: number;
  /** How many peers there are, and how unequal they are. */
  readonly peers: number;
  readonly zipfExponent: number;
  /** Share of connections that are refused, 0 to 1: one way only, one moment long. */
  readonly rejectShare: number;
  /** Weights by `traffic_path` code. */
  readonly paths: Readonly<Record<number, number>>;
  readonly protocols: { readonly tcp: number; readonly udp: number; readonly icmp: number };
}

export const defaultTrafficProfile: TrafficProfile = {
  seed: 1,
  connectionsPerSecond: 5,
  meanLifeSeconds: 20,
  peers: 500,
  zipfExponent: 1.1,
  rejectShare: 0.05,
  paths: {
    [pathCode.sameVpcResource]: 30,
    [pathCode.natGateway]: 25,
    [pathCode.internetByPublicIp]: 25,
    [pathCode.transitRouter]: 10,
    [pathCode.gatewayEndpoint]: 10,
  },
  protocols: { tcp: 80, udp: 17, icmp: 3 },
};

/** Throws a RangeError that names the parameter at fault. */
export function checkTrafficProfile(profile: TrafficProfile): void {
  const within = (name: string, value: number, least: number, most: number) => {
    if (!(value >= least && value <= most))
      throw new RangeError(`${name} must be from ${least} to ${most}, not ${value}`);
  };
  const weights = (name: string, values: readonly number[]) => {
    values.forEach((value) => within(name, value, 0, Number.MAX_SAFE_INTEGER));
    if (!values.some((value) => value > 0)) throw new RangeError(`${name} needs a weight above 0`);
  };
  within('connectionsPerSecond', profile.connectionsPerSecond, 0, 100_000);
  within('meanLifeSeconds', profile.meanLifeSeconds, 0, 86_400);
  within('peers', profile.peers, 1, 100_000);
  within('zipfExponent', profile.zipfExponent, 0, 10);
  within('rejectShare', profile.rejectShare, 0, 1);
  weights('paths', Object.values(profile.paths));
  weights('protocols', Object.values(profile.protocols));
}
