import { registerEnumType } from '@nestjs/graphql';
import { ipVersions, resourceTypes, trafficTypes } from '@flowledger/flow-log';
import type { DeliverStatus, DeliveryState, FlowLogStatus } from '@flowledger/flow-log';
import type { CoverageReason } from '@flowledger/collection-scope';
import type { Role } from '@flowledger/access';

/** A word stands for itself. The type makes a union's missing or surplus word a compile error. */
type Words<Word extends string> = { readonly [W in Word]: W };

const wordsOf = <Word extends string>(words: readonly Word[]): Words<Word> =>
  Object.fromEntries(words.map((word) => [word, word])) as Words<Word>;

export const ResourceTypeEnum = wordsOf(resourceTypes);
registerEnumType(ResourceTypeEnum, { name: 'ResourceType', description: 'What a flow log watches.' });

export const TrafficTypeEnum = wordsOf(trafficTypes);
registerEnumType(TrafficTypeEnum, { name: 'TrafficType', description: 'Which traffic a flow log records.' });

export const IpVersionEnum = wordsOf(ipVersions);
registerEnumType(IpVersionEnum, { name: 'IpVersion' });

export const FlowLogStatusEnum: Words<FlowLogStatus> = {
  Activating: 'Activating',
  Active: 'Active',
  Deactivating: 'Deactivating',
  Inactive: 'Inactive',
  Modifying: 'Modifying',
  Deleting: 'Deleting',
};
registerEnumType(FlowLogStatusEnum, { name: 'FlowLogStatus' });

export const DeliverStatusEnum: Words<DeliverStatus> = { SUCCESS: 'SUCCESS', FAILED: 'FAILED' };
registerEnumType(DeliverStatusEnum, {
  name: 'DeliverStatus',
  description: 'The label that the cloud shows; `DeliveryState` is the honest one.',
});

export const DeliveryStateEnum: Words<DeliveryState> = {
  Idle: 'Idle',
  Delivering: 'Delivering',
  Degraded: 'Degraded',
  Stalled: 'Stalled',
  Stopped: 'Stopped',
};
registerEnumType(DeliveryStateEnum, {
  name: 'DeliveryState',
  valuesMap: {
    Idle: { description: 'The flow log is not started.' },
    Degraded: { description: 'Retries succeed in the end.' },
    Stalled: { description: 'The destination refuses or does not answer; entries wait in the spool.' },
    Stopped: { description: 'The target was deleted, and the label still says SUCCESS.' },
  },
});

export const CoverageReasonEnum: Words<CoverageReason> = {
  Included: 'Included',
  FlowLogNotStarted: 'FlowLogNotStarted',
  InstanceFamilyNotSupported: 'InstanceFamilyNotSupported',
};
registerEnumType(CoverageReasonEnum, { name: 'CoverageReason' });

export const RoleEnum: Words<Role> = {
  reader: 'reader',
  operator: 'operator',
  administrator: 'administrator',
};
registerEnumType(RoleEnum, {
  name: 'Role',
  description: 'A reader asks; an operator also commands; an administrator also manages tokens.',
});
