/** The ten values a flow log may name (DC-09), with the `traffic_path` codes each stands for; `all` takes any. */
export const trafficPathCodes = {
  all: null,
  internetGateway: [13, 14, 15],
  natGateway: [7],
  vpnGateway: [9],
  transitRouter: [8],
  gatewayEndpoint: [6],
  vbr: [10],
  ecr: [21],
  ipv4Gateway: [13],
  gatewayLoadBalancerEndpoint: [22],
} as const satisfies Record<string, readonly number[] | null>;

export type TrafficPath = keyof typeof trafficPathCodes;

export const trafficPaths = Object.keys(trafficPathCodes) as readonly TrafficPath[];

/** Codes an entry may carry that the classification and the simulator give themselves. */
export const pathCode = {
  other: 0,
  sameVpcResource: 1,
  sameVpcInstance: 2,
  networkInterface: 3,
  gatewayEndpoint: 6,
  natGateway: 7,
  transitRouter: 8,
  vpnGateway: 9,
  vbr: 10,
  internetByIpv4Gateway: 13,
  internetByIpv6Gateway: 14,
  internetByPublicIp: 15,
  vpcPeering: 17,
  expressConnectRouter: 21,
  gatewayLoadBalancerEndpoint: 22,
} as const;

export function isTrafficPath(value: string): value is TrafficPath {
  return Object.hasOwn(trafficPathCodes, value);
}

/** A flow log without a path, or with `all`, takes every path. */
export function takesAllPaths(trafficPath: readonly string[]): boolean {
  return trafficPath.length === 0 || trafficPath.includes('all');
}

/** Whether a flow log with these sampling paths takes an entry with this `traffic_path` code. */
export function pathMatches(trafficPath: readonly string[], code: number): boolean {
  if (takesAllPaths(trafficPath)) return true;
  return trafficPath.some((path) => {
    const codes: readonly number[] | null = isTrafficPath(path) ? trafficPathCodes[path] : [];
    return codes === null || codes.includes(code);
  });
}
