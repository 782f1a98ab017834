/** What the demonstration stands on: two VPCs, four vSwitches and twelve network interfaces with instances. */

export const sampleVpcs = [
  { vpcId: 'vpc-demoshop', name: 'demo shop', cidrBlock: '10.0.0.0/16' },
  { vpcId: 'vpc-demooffice', name: 'demo office', cidrBlock: '192.168.0.0/16' },
] as const;

export const sampleVSwitches = [
  { vSwitchId: 'vsw-demoweb', vpcId: 'vpc-demoshop', zone: 'h', cidrBlock: '10.0.1.0/24', name: 'web' },
  { vSwitchId: 'vsw-demodata', vpcId: 'vpc-demoshop', zone: 'i', cidrBlock: '10.0.2.0/24', name: 'data' },
  {
    vSwitchId: 'vsw-demodesk',
    vpcId: 'vpc-demooffice',
    zone: 'h',
    cidrBlock: '192.168.1.0/24',
    name: 'desk',
  },
  { vSwitchId: 'vsw-demolab', vpcId: 'vpc-demooffice', zone: 'i', cidrBlock: '192.168.2.0/24', name: 'lab' },
] as const;

/** Of a family without the advanced features: its interface is left out of every capture, with the reason. */
const oldFamily = 'ecs.n4.large';

const instancesOf = {
  'vsw-demoweb': ['ecs.g7.large', 'ecs.g7.large', 'ecs.c7.xlarge'],
  'vsw-demodata': ['ecs.r7.2xlarge', 'ecs.r7.2xlarge', oldFamily],
  'vsw-demodesk': ['ecs.g6.large', 'ecs.g6.large', 'ecs.g6.large'],
  'vsw-demolab': ['ecs.c6.large', 'ecs.c6.large', 'ecs.c6.large'],
} as const;

export const sampleInterfaces = sampleVSwitches.flatMap(({ vSwitchId, cidrBlock, name }) =>
  instancesOf[vSwitchId].map((instanceType, index) => ({
    networkInterfaceId: `eni-demo${name}${index + 1}`,
    vSwitchId,
    privateIpAddresses: [cidrBlock.replace('0/24', String(10 + index))],
    instanceId: `i-demo${name}${index + 1}`,
    instanceType,
  })),
);

export const sampleProject = {
  projectName: 'flowledger-demo',
  description: 'What the demonstration collects',
};
export const sampleLogstore = { logstoreName: 'traffic', ttl: 7 };

const target = { projectName: sampleProject.projectName, logstoreName: sampleLogstore.logstoreName };

export const sampleFlowLogs = [
  {
    name: 'demo shop, everything',
    resourceType: 'VPC',
    resourceId: 'vpc-demoshop',
    trafficType: 'All',
    aggregationInterval: 1,
    ...target,
  },
  {
    name: 'demo office desk, refused',
    resourceType: 'VSwitch',
    resourceId: 'vsw-demodesk',
    trafficType: 'Drop',
    aggregationInterval: 1,
    ...target,
  },
  {
    name: 'demo lab machine',
    resourceType: 'NetworkInterface',
    resourceId: 'eni-demolab1',
    trafficType: 'All',
    aggregationInterval: 5,
    ...target,
  },
] as const;

export const sampleTraffic = {
  seed: 20260805,
  connectionsPerSecond: 2,
  meanLifeSeconds: 15,
  peers: 200,
  rejectShare: 0.08,
} as const;

export const backfillSeconds = 3_600;
