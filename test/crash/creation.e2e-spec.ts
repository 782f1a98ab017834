import { join } from 'node:path';
import type { FlowLogJson } from '../../apps/api/src/presentation';
import { eventually } from '../e2e/support/eventually';
import { newNames } from '../e2e/support/flow-log-scene';
import { ServiceProcess } from '../e2e/support/service-process';

const preload = join(__dirname, 'children/kill-after-append.js');

describe.each(['FlowLogReserved', 'ProjectCreated', 'LogstoreCreated', 'FlowLogCreated'])(
  'a creation whose service is killed when %s is durable',
  (lastEvent) => {
    let service: ServiceProcess;
    const names = newNames();
    const request = { ...names.flowLog, createProject: true, createLogstore: true };

    beforeAll(async () => {
      service = await ServiceProcess.start();
      await service.api.post('/vpcs', names.vpc);
      await service.end('SIGTERM');
      await service.start({ KILL_AFTER_EVENT: lastEvent }, preload);
      await expect(service.api.post('/flow-logs', request, 'create')).rejects.toThrow();
      await service.settled();
      expect(service.runs).toBe(false);
      await service.start();
    });
    afterAll(() => service.remove());

    it('is finished by the next start, without being asked for again', async () => {
      await eventually(async () => {
        const [flowLog] = await service.api.list<FlowLogJson>('/flow-logs');
        expect(flowLog).toMatchObject({ status: 'Active', projectName: names.flowLog.projectName });
      });
      const logstores = await service.api.list(`/projects/${names.flowLog.projectName}/logstores`);
      expect(logstores).toMatchObject([{ logstoreName: 'entries', ttl: 300 }]);
    });

    it('answers the repeated request with that flow log, and another one with the refusal', async () => {
      const [flowLog] = await service.api.list<FlowLogJson>('/flow-logs');
      const repeated = await service.api.post<FlowLogJson>('/flow-logs', request, 'create');
      expect(repeated.flowLogId).toBe(flowLog!.flowLogId);
      const again = service.api.post('/flow-logs', request, 'another');
      await expect(again).rejects.toMatchObject({ status: 409, code: 'FlowLogAlreadyExists' });
      expect(await service.api.list('/flow-logs')).toHaveLength(1);
    });
  },
);
