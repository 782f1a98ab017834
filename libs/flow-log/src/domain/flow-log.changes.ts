import type { FlowLogChanges } from './flow-log.commands';
import type { FlowLogEvent } from './flow-log.events';
import {
  validDescription,
  validInterval,
  validIpVersion,
  validName,
  validResourceGroup,
} from './flow-log.rules';
import type { PresentFlowLog } from './flow-log.state';
import { assertNotDeleting, assertSteady } from './flow-log.status';

/** One event for each thing that really changes; none when nothing does, and then no Modifying either. */
export function changesOf(
  { settings, text, ...flowLog }: PresentFlowLog,
  flowLogId: string,
  changes: FlowLogChanges,
): FlowLogEvent[] {
  const { aggregationInterval: from, ipVersion, resourceGroupId, regionId } = settings;
  const name = changes.name === undefined ? text.name : validName(changes.name);
  const description =
    changes.description === undefined ? text.description : validDescription(changes.description);
  const to = changes.aggregationInterval === undefined ? from : validInterval(changes.aggregationInterval);
  const toIpVersion =
    changes.ipVersion === undefined ? ipVersion : validIpVersion(changes.ipVersion, regionId);
  const toGroup =
    changes.resourceGroupId === undefined ? resourceGroupId : validResourceGroup(changes.resourceGroupId);

  const onlyMoves = Object.entries(changes).every(
    ([member, value]) => value === undefined || member === 'resourceGroupId',
  );
  (onlyMoves ? assertNotDeleting : assertSteady)({ settings, text, ...flowLog });

  const events: FlowLogEvent[] = [];
  if (name !== text.name) events.push({ type: 'FlowLogRenamed', data: { flowLogId, text: { name } } });
  if (description !== text.description) {
    events.push({ type: 'FlowLogDescribed', data: { flowLogId, text: { description } } });
  }
  if (toGroup !== resourceGroupId) {
    events.push({ type: 'FlowLogMoved', data: { flowLogId, resourceGroupId: toGroup } });
  }
  if (to !== from) events.push({ type: 'FlowLogIntervalChanged', data: { flowLogId, from, to } });
  if (toIpVersion !== ipVersion) {
    events.push({
      type: 'FlowLogIpVersionChanged',
      data: { flowLogId, from: ipVersion, to: toIpVersion },
    });
  }
  return events;
}
