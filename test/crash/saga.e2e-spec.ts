import { join } from 'node:path';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { eventually } from '../e2e/support/eventually';
import { FlowLogScene, newNames } from '../e2e/support/flow-log-scene';
import type { Names } from '../e2e/support/flow-log-scene';
import { ServiceProcess } from '../e2e/support/service-process';

const preload = join(__dirname, 'children/kill-after-append.js');

/** A service that is killed after every so many appends, and started again as often as it takes. */
class DyingService {
  deaths = 0;

  constructor(
    readonly service: ServiceProcess,
    private readonly appends: number,
  ) {}

  /** Until `step` is done, life after life. A step must be harmless to repeat. */
  async live<T>(step: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        if (!this.service.runs) {
          this.deaths++;
          await this.service.start({ KILL_AFTER_APPENDS: `${this.appends}` }, preload);
        }
        return await step();
      } catch (error) {
        await this.service.settled();
        if (this.service.runs) throw error;
      }
    }
  }
}

/** The life of a flow log; each command has a key, so that it can be repeated after a death. */
async function wholeLife(
  names: Names,
  service: ServiceProcess,
  live: <T>(step: () => Promise<T>) => Promise<T>,
) {
  const { api } = service;
  const scene = new FlowLogScene(api, names);
  const logstores = `${scene.projectPath}/logstores`;
  await live(async () => {
    const { flowLogId } = await api.post<{ flowLogId: string }>('/flow-logs', names.flowLog, 'create');
    scene.flowLogId = flowLogId;
  });
  await live(() => scene.untilStatus('Active'));
  await live(() => api.delete(scene.logstorePath, 'delete-logstore'));
  await live(() => scene.untilDelivery({ delivery: { state: 'Stopped' } }));
  await live(() => api.post(logstores, names.logstore, 'create-logstore'));
  await live(() => api.post(`${scene.path}/start`, undefined, 'start'));
  await live(() => scene.untilDelivery({ delivery: { state: 'Delivering' } }));
  await live(() => api.post(`${scene.path}/stop`, undefined, 'stop'));
  await live(() => scene.untilStatus('Inactive'));
  await live(() => api.delete(scene.path, 'delete'));
  await live(() => scene.untilGone());
  // Its key is free again a moment after it is gone; a service that is ended before has not lived its whole life.
  await live(() =>
    eventually(async () => {
      const events = await api.list<{ type: string }>('/events');
      expect(events.map(({ type }) => type)).toContain('FlowLogReleased');
    }),
  );
}

/** Event types of every stream; ids that differ from run to run are left out of the streams' names. */
async function history(directory: string): Promise<string[]> {
  const store = await EmbeddedEventStore.open({ directory });
  const types = new Map<string, string[]>();
  const inputs: string[] = [];
  for await (const { stream, type, data } of store.readAll()) {
    // How many inputs a process manager sees depends on timing (a timer may fire or be overtaken); each only once, though.
    if (type === 'ProcessStepTaken') inputs.push(`${stream} ${(data as { input: { id: string } }).input.id}`);
    else types.set(stream, [...(types.get(stream) ?? []), type]);
  }
  await store.close();
  expect(new Set(inputs).size).toBe(inputs.length);
  return [...types].map(([stream, of]) => `${stream.split('-')[0]}: ${of.join(' ')}`).sort();
}

describe('a service that is killed after every fourth append of a flow log’s whole life', () => {
  const services: ServiceProcess[] = [];
  const built = async (names: Names): Promise<ServiceProcess> => {
    const service = await ServiceProcess.start();
    services.push(service);
    await new FlowLogScene(service.api, names).build();
    return service;
  };
  afterAll(() => Promise.all(services.map((service) => service.remove())));

  it('ends with the same events as one that never dies: nothing is forgotten or done twice', async () => {
    const names = newNames();
    const calm = await built(names);
    await wholeLife(names, calm, (step) => step());
    expect(await calm.end('SIGTERM')).toBe(0);

    const service = await built(names);
    await service.end('SIGTERM');
    const dying = new DyingService(service, 4);
    await wholeLife(names, service, (step) => dying.live(step));
    await service.end('SIGKILL');

    expect(await history(service.directory)).toEqual(await history(calm.directory));
    expect(dying.deaths).toBeGreaterThan(4);
  }, 180_000);
});
