import { Rejected } from '@flowledger/event-sourcing';

export type NetworkErrorCode =
  | 'InvalidResourceId'
  | 'InvalidRegion'
  | 'InvalidZone'
  | 'InvalidName'
  | 'InvalidDescription'
  | 'InvalidCidrBlock'
  /** No IP address, none at all, or more than an interface takes. */
  | 'InvalidAddress'
  | 'InvalidAttachment'
  | 'VpcNotFound'
  | 'VSwitchNotFound'
  | 'NetworkInterfaceNotFound'
  | 'RevisionMismatch'
  | 'VpcAlreadyExists'
  | 'VSwitchAlreadyExists'
  | 'NetworkInterfaceAlreadyExists'
  | 'CidrBlockOutsideVpc'
  | 'CidrBlockOverlaps'
  | 'AddressOutsideVSwitch'
  /** Another interface of the VPC has it, or it was given twice. */
  | 'AddressInUse'
  | 'VpcNotEmpty'
  | 'VSwitchNotEmpty'
  /** Attached to another instance: detach it first. */
  | 'NetworkInterfaceInUse';

export class NetworkRejected extends Rejected<NetworkErrorCode> {}
