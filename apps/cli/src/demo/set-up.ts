import { ProblemRefused } from '../failures';
import { settled } from '../flow-log-shown';
import type { FlowLog, LogsAnswer } from '../resources';
import type { RestClient } from '../rest-client';
import {
  backfillSeconds,
  sampleFlowLogs,
  sampleInterfaces,
  sampleLogstore,
  sampleProject,
  sampleTraffic,
  sampleVpcs,
  sampleVSwitches,
} from './sample-network';

const root = '/api/v1';
const logstores = `${root}/projects/${sampleProject.projectName}/logstores`;
export const logsPath = `${logstores}/${sampleLogstore.logstoreName}/logs`;
const longestBackfillSeconds = 120;

/** Makes whatever of the sample is missing and lets traffic flow; what a run before made is used again. */
export async function setUpDemo(
  client: RestClient,
  progress: (text: string) => void,
): Promise<readonly FlowLog[]> {
  progress(
    `network: ${sampleVpcs.length} VPCs, ${sampleVSwitches.length} vSwitches, ${sampleInterfaces.length} network interfaces`,
  );
  for (const vpc of sampleVpcs) await ensure(client, `${root}/vpcs`, vpc);
  for (const { zone, ...vSwitch } of sampleVSwitches) {
    const { regionId } = await client.get<{ regionId: string }>(`${root}/vpcs/${vSwitch.vpcId}`);
    await ensure(client, `${root}/vswitches`, { ...vSwitch, zoneId: `${regionId}-${zone}` });
  }
  for (const networkInterface of sampleInterfaces) {
    await ensure(client, `${root}/network-interfaces`, networkInterface);
  }
  progress(`log service: project ${sampleProject.projectName}, logstore ${sampleLogstore.logstoreName}`);
  await ensure(client, `${root}/projects`, sampleProject);
  await ensure(client, logstores, sampleLogstore);
  progress(`flow logs: ${sampleFlowLogs.map(({ name }) => name).join('; ')}`);
  for (const flowLog of sampleFlowLogs) await ensure(client, `${root}/flow-logs`, flowLog);
  const flowLogs = await Promise.all(sampleFlowLogs.map((flowLog) => current(client, flowLog.resourceId)));
  await letTrafficFlow(client, progress);
  return flowLogs;
}

/** Created unless it is there. */
async function ensure(client: RestClient, path: string, body: object): Promise<void> {
  try {
    await client.post(path, body);
  } catch (error) {
    if (!(error instanceof ProblemRefused) || !error.problem.code.endsWith('AlreadyExists')) throw error;
  }
}

/** The sample's flow log of a resource, once it is settled: Active unless somebody stopped it since. */
async function current(client: RestClient, resourceId: string): Promise<FlowLog> {
  const query = { resourceId, projectName: sampleProject.projectName };
  const [found] = await client.list<FlowLog>(`${root}/flow-logs`, query, 1);
  return settled(client, found!.flowLogId);
}

async function letTrafficFlow(client: RestClient, progress: (text: string) => void): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  const query = { from: now - 365 * 86_400, to: now + 86_400, limit: 1 };
  const { count } = await client.get<LogsAnswer>(logsPath, query);
  const backfill = count === 0 ? backfillSeconds : 0;
  progress(
    backfill ? 'traffic: the last hour, then live' : 'traffic: entries are there already, live from now on',
  );
  await client.post(
    `${root}/simulations`,
    { ...sampleTraffic, backfillSeconds: backfill },
    { timeoutSeconds: longestBackfillSeconds },
  );
}
