import type { RestCaller } from '../service/rest-caller';
import { spreadOf } from '../support/statistics';
import type { Spread } from '../support/statistics';
import { logstoreName, projectName } from './creations';
import { interfaceId, vpcId } from './seed';

const requests = 200;

/** Every filter of the list: those that match one flow log and those that match all of them. */
const filters = (index: number, flowLogIds: readonly string[]): Record<string, string> => ({
  none: '',
  flowLogId: `flowLogId=${flowLogIds[index]}`,
  name: `name=flow-log-${index}`,
  resourceType: 'resourceType=NetworkInterface',
  'resourceType of none': 'resourceType=VPC',
  resourceId: `resourceId=${interfaceId(index)}`,
  vpcId: `vpcId=${vpcId}`,
  trafficType: 'trafficType=All',
  'trafficType of none': 'trafficType=Drop',
  projectName: `projectName=${projectName}`,
  logstoreName: `logstoreName=${logstoreName}`,
  status: 'status=Active',
  'status of few': 'status=Inactive',
  health: 'health=Delivering',
  'health of few': 'health=Idle',
  'status and health': 'status=Active&health=Delivering',
  'status and name': `status=Active&name=flow-log-${index}`,
});

/** Milliseconds of each list over REST, one request after the other. The second page too, where there is one. */
export async function measureLists(
  rest: RestCaller,
  flowLogIds: readonly string[],
): Promise<Record<string, Spread>> {
  const samples: Record<string, number[]> = {};
  for (let request = 0; request < requests; request++) {
    const index = (request * 7_919) % flowLogIds.length;
    for (const [name, filter] of Object.entries(filters(index, flowLogIds))) {
      const { milliseconds, body } = await rest.send('GET', `/flow-logs?limit=20&${filter}`);
      (samples[name] ??= []).push(milliseconds);
      const { nextCursor } = body as { nextCursor: string | null };
      if (nextCursor === null) continue;
      const path = `/flow-logs?limit=20&${filter}&after=${encodeURIComponent(nextCursor)}`;
      (samples[`${name}, second page`] ??= []).push((await rest.send('GET', path)).milliseconds);
    }
  }
  return Object.fromEntries(Object.entries(samples).map(([name, times]) => [name, spreadOf(times)]));
}
