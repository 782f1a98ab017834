import { setTimeout as sleep } from 'node:timers/promises';
import type { Progress } from '../benchmark';
import type { RestCaller } from '../service/rest-caller';
import { interfaceId } from './seed';

export const projectName = 'bench-project';
export const logstoreName = 'bench-logstore';
const reportEvery = 1_000;

interface FlowLog {
  readonly flowLogId: string;
}

export interface Creation extends FlowLog {
  readonly milliseconds: number;
}

export async function createTarget(rest: RestCaller): Promise<void> {
  await rest.send('POST', '/projects', { projectName, description: 'bench' });
  await rest.send('POST', `/projects/${projectName}/logstores`, { logstoreName });
}

async function create(rest: RestCaller, index: number): Promise<Creation> {
  const { body, milliseconds } = await rest.send('POST', '/flow-logs', {
    name: `flow-log-${index}`,
    resourceType: 'NetworkInterface',
    resourceId: interfaceId(index),
    trafficType: 'All',
    aggregationInterval: 10,
    projectName,
    logstoreName,
  });
  return { flowLogId: (body as FlowLog).flowLogId, milliseconds };
}

/** One flow log on each interface, one after the other. */
export async function createAll(rest: RestCaller, count: number, progress: Progress): Promise<Creation[]> {
  const creations: Creation[] = [];
  for (let index = 0; index < count; index++) {
    creations.push(await create(rest, index));
    if (creations.length % reportEvery !== 0) continue;
    const recent = creations.slice(-reportEvery).reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    progress(`${creations.length} created, the last ${(recent / reportEvery).toFixed(2)} ms each`);
  }
  return creations;
}

/** Creates and deletes some, so that the first counted creation runs compiled code. */
export async function warmUp(rest: RestCaller, count: number): Promise<void> {
  const warm: Creation[] = [];
  for (let index = 0; index < count; index++) warm.push(await create(rest, index));
  await untilNone(rest, 'status=Activating');
  for (const { flowLogId } of warm) await rest.send('DELETE', `/flow-logs/${flowLogId}`);
  await untilNone(rest, 'status=Deleting');
}

/** Waits for as long as a list has items. @returns milliseconds */
export async function untilNone(rest: RestCaller, filter: string): Promise<number> {
  const startedAt = Date.now();
  for (;;) {
    const { body } = await rest.send('GET', `/flow-logs?limit=1&${filter}`);
    if ((body as { items: unknown[] }).items.length === 0) return Date.now() - startedAt;
    await sleep(100);
  }
}
