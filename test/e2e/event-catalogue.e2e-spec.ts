import type { AsyncApiDocument, CloudEvent } from '@flowledger/event-catalogue';
import { ServiceProcess } from './support/service-process';

describe('the event catalogue of a running service', () => {
  let service: ServiceProcess;
  beforeAll(async () => {
    service = await ServiceProcess.start();
  });
  afterAll(() => service.remove());

  const batch = (query: string) => service.api.call<CloudEvent[]>('GET', `/events/cloudevents${query}`);

  it('is an AsyncAPI document behind a token', async () => {
    const { asyncapi, components } = await service.api.call<AsyncApiDocument>('GET', '/events/catalogue');
    expect([asyncapi, 'FlowLogStopped' in components.messages]).toEqual(['3.0.0', true]);
    expect((await fetch(`${service.api.url}/api/v1/events/catalogue`)).status).toBe(401);
  });

  it('is a page that anybody may read', async () => {
    const page = await fetch(`${service.api.url}/events`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await page.text()).toContain('<b>FlowLogStopped</b>');
  });

  it('names the type of every CloudEvent, and no secret leaves with one', async () => {
    for (const name of ['one', 'two', 'three']) {
      await service.api.call('POST', '/tokens', { name, role: 'reader' });
    }
    const first = await batch('?limit=2');
    const rest = await batch(`?after=${first.at(-1)!.position}`);
    expect([first.length, rest.length]).toEqual([2, 1]);
    const all = [...first, ...rest];
    expect(all.map(({ sequence }) => sequence)).toEqual(['0', '1', '2']);
    const { components } = await service.api.call<AsyncApiDocument>('GET', '/events/catalogue');
    const names = new Set(Object.values(components.messages).map(({ name }) => name));
    expect(all.filter(({ type }) => !names.has(type))).toEqual([]);
    expect(JSON.stringify(all)).not.toContain('secret');
  });

  it('is refused a position that is none', async () => {
    const { status } = await service.api.send('GET', '/api/v1/events/cloudevents?after=yesterday');
    expect(status).toBe(422);
  });
});
