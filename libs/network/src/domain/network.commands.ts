/** What every change of an existing resource may carry: the `revision` that the caller saw. */
export interface IfRevision {
  /** Refused with RevisionMismatch when the resource has moved on. */
  readonly ifRevision?: number;
}

export interface VpcRequest {
  readonly vpcId: string;
  readonly regionId: string;
  /** IPv4, /8 to /28, host bits zero. */
  readonly cidrBlock: string;
  readonly name: string;
  readonly description?: string;
}

export interface VSwitchRequest {
  readonly vSwitchId: string;
  readonly vpcId: string;
  readonly zoneId: string;
  /** Inside the VPC's block, down to /29, apart from its siblings. */
  readonly cidrBlock: string;
  readonly name: string;
  readonly description?: string;
}

export interface Attachment {
  readonly instanceId: string;
  /** `ecs.g6.large`; unknown when absent. */
  readonly instanceType?: string;
}

export interface NetworkInterfaceRequest extends Partial<Attachment> {
  readonly networkInterfaceId: string;
  readonly vSwitchId: string;
  /** 1 to 50, the primary one first; any spelling. */
  readonly privateIpAddresses: readonly string[];
}

export interface NetworkInterfaceChange extends IfRevision {
  readonly networkInterfaceId: string;
  /** All of them, not only new ones. */
  readonly privateIpAddresses?: readonly string[];
  /** Carried out before `attach`, so both together move the interface. */
  readonly detach?: boolean;
  readonly attach?: Attachment;
}

export type CreateVpcCommand = { readonly type: 'CreateVpc' } & VpcRequest;
export type DeleteVpcCommand = { readonly type: 'DeleteVpc'; readonly vpcId: string } & IfRevision;
export type CreateVSwitchCommand = { readonly type: 'CreateVSwitch' } & VSwitchRequest;
export type DeleteVSwitchCommand = {
  readonly type: 'DeleteVSwitch';
  readonly vSwitchId: string;
} & IfRevision;
export type CreateNetworkInterfaceCommand = {
  readonly type: 'CreateNetworkInterface';
} & NetworkInterfaceRequest;
export type ChangeNetworkInterfaceCommand = {
  readonly type: 'ChangeNetworkInterface';
} & NetworkInterfaceChange;
export type DeleteNetworkInterfaceCommand = {
  readonly type: 'DeleteNetworkInterface';
  readonly networkInterfaceId: string;
} & IfRevision;

export type NetworkCommand =
  | CreateVpcCommand
  | DeleteVpcCommand
  | CreateVSwitchCommand
  | DeleteVSwitchCommand
  | CreateNetworkInterfaceCommand
  | ChangeNetworkInterfaceCommand
  | DeleteNetworkInterfaceCommand;
