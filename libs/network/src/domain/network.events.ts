import type { Event } from '@flowledger/event-sourcing';

/** Stream `network-<accountId>`: one inventory an account, because its rules (unique addresses, no orphans) span resources. */
export const networkStream = (accountId: string): string => `network-${accountId}`;

export type VpcCreated = Event<
  'VpcCreated',
  { vpcId: string; regionId: string; cidrBlock: string; text: { name: string; description: string } }
>;
export type VpcDeleted = Event<'VpcDeleted', { vpcId: string }>;

export type VSwitchCreated = Event<
  'VSwitchCreated',
  {
    vSwitchId: string;
    vpcId: string;
    regionId: string;
    zoneId: string;
    cidrBlock: string;
    text: { name: string; description: string };
  }
>;
export type VSwitchDeleted = Event<'VSwitchDeleted', { vSwitchId: string; vpcId: string }>;

export type NetworkInterfaceCreated = Event<
  'NetworkInterfaceCreated',
  {
    networkInterfaceId: string;
    vSwitchId: string;
    vpcId: string;
    regionId: string;
    /** IPv4 and IPv6 in their shortest text (RFC 5952); the first is the primary one. */
    privateIpAddresses: string[];
    /** Empty while it is attached to nothing. */
    instanceId: string;
    /** `ecs.g6.large`; empty while it is attached to nothing. Decides whether its traffic is collected. */
    instanceType: string;
  }
>;
export type NetworkInterfaceAddressesChanged = Event<
  'NetworkInterfaceAddressesChanged',
  { networkInterfaceId: string; vpcId: string; privateIpAddresses: string[] }
>;
export type NetworkInterfaceAttached = Event<
  'NetworkInterfaceAttached',
  { networkInterfaceId: string; vpcId: string; instanceId: string; instanceType: string }
>;
export type NetworkInterfaceDetached = Event<
  'NetworkInterfaceDetached',
  { networkInterfaceId: string; vpcId: string }
>;
export type NetworkInterfaceDeleted = Event<
  'NetworkInterfaceDeleted',
  { networkInterfaceId: string; vSwitchId: string; vpcId: string }
>;

export type NetworkEvent =
  | VpcCreated
  | VpcDeleted
  | VSwitchCreated
  | VSwitchDeleted
  | NetworkInterfaceCreated
  | NetworkInterfaceAddressesChanged
  | NetworkInterfaceAttached
  | NetworkInterfaceDetached
  | NetworkInterfaceDeleted;
