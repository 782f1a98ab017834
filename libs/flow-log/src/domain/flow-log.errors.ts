import { Rejected } from '@flowledger/event-sourcing';

/** Native codes; the comment names the code of the Alibaba API (flow log reference, section 1.4). */
export type FlowLogErrorCode =
  /** MissingParameter */
  | 'MissingParameter'
  /** ParameterInvalid; InvalidName.Malformed on Modify */
  | 'InvalidName'
  /** ParameterInvalid */
  | 'InvalidDescription'
  /** ParameterInvalid */
  | 'InvalidParameter'
  /** OperationUnsupported.ResourceType */
  | 'UnsupportedResourceType'
  /** ParameterInvalid; InvalidTrafficType.NotFound on Modify */
  | 'InvalidTrafficType'
  /** IllegalParam.TrafficPath */
  | 'InvalidTrafficPath'
  /** DuplicatedParam.TrafficPath */
  | 'DuplicateTrafficPath'
  /** UnsupportedFeature.UserDefinedTrafficPath */
  | 'TrafficPathNotEnabled'
  /** IllegalParam.AggregationInterval */
  | 'InvalidAggregationInterval'
  /** ParameterInvalid: unknown, or dual stack in a region that has none (DC-05) */
  | 'InvalidIpVersion'
  /** ParameterInvalid */
  | 'InvalidProjectName'
  /** ParameterInvalid */
  | 'InvalidLogstoreName'
  /** IllegalParam.ResourceGroupId on Create, InvalidResourceGroupId on Move */
  | 'InvalidResourceGroup'
  /** InvalidTagKey, InvalidTagValue; ParameterInvalid on Create */
  | 'InvalidTag'
  /** Forbidden.TagKey.Duplicated; ParameterInvalid on Create */
  | 'DuplicateTagKey'
  /** SizeLimitExceeded.TagNum; ParameterInvalid on Create (DC-20) */
  | 'TooManyTags'
  /** OptInRequired.FlowLog: section 2.3, step 1 */
  | 'FlowLogServiceNotOpen'
  /** Unauthorized: section 2.3, step 2 */
  | 'DeliveryNotAuthorized'
  /** ProjectOrLogstoreNotExist: section 2.3, step 3 */
  | 'LogServiceNotOpen'
  /** InvalidInstanceId ("vswitch does not exist." for a vSwitch) */
  | 'ResourceNotFound'
  /** InvalidResourceType.NotFound */
  | 'ResourceTypeMismatch'
  /** ProjectOrLogstoreNotExist */
  | 'ProjectNotFound'
  /** ProjectOrLogstoreNotExist */
  | 'LogstoreNotFound'
  /** ProjectOrLogstoreNotExist: the name is taken by another account */
  | 'ForeignProject'
  /** ProjectOrLogstoreNotExist: the project lies in another region than the flow log */
  | 'ProjectInAnotherRegion'
  /** InvalidResourceId.NotFound: the cloud's misnamed code for the uniqueness rule (DD-01) */
  | 'FlowLogAlreadyExists'
  /** No code of the Alibaba API: it cannot ask about the past. */
  | 'ReplayTooLong'
  /** QuotaExceeded.FlowlogCount */
  | 'QuotaExceeded'
  /** InvalidInstanceId.NotFound */
  | 'FlowLogNotFound'
  /** IncorrectStatus.flowlog: a transition is under way; try again (DD-12) */
  | 'IncorrectStatus'
  /** InvalidStatus: not in this steady state (DD-13) */
  | 'InvalidStatus'
  /** OperationDenied.FlowLogDeliverFailed: start refused, there is no such project or logstore (DD-03) */
  | 'TargetMissing'
  /** None: only the native API sends a revision */
  | 'RevisionMismatch';

export class FlowLogRejected extends Rejected<FlowLogErrorCode> {
  constructor(
    code: FlowLogErrorCode,
    detail: string,
    /** The wrong input (`tags.2.key`), when it is one. */
    readonly path?: string,
  ) {
    super(code, detail);
  }
}
