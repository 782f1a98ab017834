import { AccessRejected } from '@flowledger/access';
import type { AccessErrorCode } from '@flowledger/access';
import { ErasureRejected } from '@flowledger/erasure';
import type { ErasureErrorCode } from '@flowledger/erasure';
import type { Rejected } from '@flowledger/event-sourcing';
import { FlowLogRejected } from '@flowledger/flow-log';
import type { FlowLogErrorCode } from '@flowledger/flow-log';
import { LogServiceRejected } from '@flowledger/log-service';
import type { LogServiceErrorCode } from '@flowledger/log-service';
import { NetworkRejected } from '@flowledger/network';
import type { NetworkErrorCode } from '@flowledger/network';
import { GenerationRefused } from '@flowledger/projection-generations';
import type { GenerationErrorCode } from '@flowledger/projection-generations';

/** HTTP status of every refusal of the domain. A code without a row does not compile. */
export const flowLogStatuses: Record<FlowLogErrorCode, number> = {
  MissingParameter: 422,
  InvalidName: 422,
  InvalidDescription: 422,
  InvalidParameter: 422,
  UnsupportedResourceType: 422,
  InvalidTrafficType: 422,
  InvalidTrafficPath: 422,
  DuplicateTrafficPath: 422,
  TrafficPathNotEnabled: 422,
  InvalidAggregationInterval: 422,
  InvalidIpVersion: 422,
  InvalidProjectName: 422,
  InvalidLogstoreName: 422,
  InvalidResourceGroup: 422,
  InvalidTag: 422,
  DuplicateTagKey: 422,
  TooManyTags: 422,
  FlowLogServiceNotOpen: 409,
  DeliveryNotAuthorized: 409,
  LogServiceNotOpen: 409,
  ResourceNotFound: 404,
  ResourceTypeMismatch: 422,
  ProjectNotFound: 404,
  LogstoreNotFound: 404,
  ForeignProject: 409,
  ProjectInAnotherRegion: 409,
  FlowLogAlreadyExists: 409,
  QuotaExceeded: 409,
  FlowLogNotFound: 404,
  IncorrectStatus: 409,
  InvalidStatus: 409,
  TargetMissing: 409,
  ReplayTooLong: 422,
  RevisionMismatch: 412,
};

export const networkStatuses: Record<NetworkErrorCode, number> = {
  InvalidResourceId: 422,
  InvalidRegion: 422,
  InvalidZone: 422,
  InvalidName: 422,
  InvalidDescription: 422,
  InvalidCidrBlock: 422,
  InvalidAddress: 422,
  InvalidAttachment: 422,
  VpcNotFound: 404,
  VSwitchNotFound: 404,
  NetworkInterfaceNotFound: 404,
  RevisionMismatch: 412,
  VpcAlreadyExists: 409,
  VSwitchAlreadyExists: 409,
  NetworkInterfaceAlreadyExists: 409,
  CidrBlockOutsideVpc: 409,
  CidrBlockOverlaps: 409,
  AddressOutsideVSwitch: 409,
  AddressInUse: 409,
  VpcNotEmpty: 409,
  VSwitchNotEmpty: 409,
  NetworkInterfaceInUse: 409,
};

export const logServiceStatuses: Record<LogServiceErrorCode, number> = {
  InvalidProjectName: 422,
  InvalidLogstoreName: 422,
  InvalidDescription: 422,
  InvalidRegion: 422,
  InvalidRetention: 422,
  ProjectNotFound: 404,
  LogstoreNotFound: 404,
  RevisionMismatch: 412,
  ProjectAlreadyExists: 409,
  LogstoreAlreadyExists: 409,
  LogstoreQuotaExceeded: 409,
};

export const accessStatuses: Record<AccessErrorCode, number> = {
  InvalidTokenName: 422,
  InvalidRole: 422,
  TokenNotFound: 404,
  TokenQuotaExceeded: 409,
  TokenSecretAlreadyShown: 409,
};

export const generationStatuses: Record<GenerationErrorCode, number> = {
  GenerationNotFound: 404,
  GenerationNotReady: 409,
  GenerationServes: 409,
  GenerationHasParkedEvents: 409,
  NoPreviousGeneration: 409,
  RebuildInProgress: 409,
};

export const erasureStatuses: Record<ErasureErrorCode, number> = { SubjectNotFound: 404 };

export function statusOfRejection(error: Rejected): number {
  if (error instanceof FlowLogRejected) return flowLogStatuses[error.code];
  if (error instanceof NetworkRejected) return networkStatuses[error.code];
  if (error instanceof LogServiceRejected) return logServiceStatuses[error.code];
  if (error instanceof AccessRejected) return accessStatuses[error.code];
  if (error instanceof ErasureRejected) return erasureStatuses[error.code];
  if (error instanceof GenerationRefused) return generationStatuses[error.code];
  return 409;
}
