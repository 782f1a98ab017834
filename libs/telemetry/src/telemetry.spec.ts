import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, ProjectionRunner } from '@flowledger/event-sourcing';
import type {
  CommandContext,
  EventStore,
  RecordedEvent,
  NewEvent,
  Projection,
} from '@flowledger/event-sourcing';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';
import { openTracing } from './open-tracing';
import { traceCommands } from './trace-commands';
import { traceCommits } from './trace-commits';
import { traceRequests } from './trace-requests';
import { TracedEventStore } from './traced-event-store';

interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly status: { readonly code?: number };
}

/** Takes OTLP over HTTP, in JSON. */
async function receiver() {
  const spans: ReceivedSpan[] = [];
  const services = new Set<string>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as {
        resourceSpans: {
          resource: { attributes: { key: string; value: { stringValue: string } }[] };
          scopeSpans: { spans: ReceivedSpan[] }[];
        }[];
      };
      for (const { resource, scopeSpans } of body.resourceSpans) {
        services.add(resource.attributes.find(({ key }) => key === 'service.name')!.value.stringValue);
        for (const scope of scopeSpans) spans.push(...scope.spans);
      }
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { spans, services, endpoint: `http://127.0.0.1:${port}`, close: () => server.close() };
}

class CountUp {
  constructor(
    readonly context: CommandContext,
    readonly stream: string,
  ) {}
}

const counting: Projection<{ readonly count: number }> = {
  readModel: { name: 'counts', version: 1, fields: [] },
  streamPrefixes: ['counted-'],
  documentIds: () => 'all',
  evolve: (document) => ({ count: (document?.count ?? 0) + 1 }),
};

async function recordedIn(events: EventStore, stream: string): Promise<RecordedEvent> {
  for await (const event of events.readStream(stream)) return event;
  throw new Error(`${stream} is empty`);
}

describe('a service with an endpoint for traces', () => {
  it('sends one trace of the request, its command, the append, the projection and what follows', async () => {
    const { spans, services, endpoint, close } = await receiver();
    const directory = mkdtempSync(join(tmpdir(), 'telemetry-'));
    const tracing = await openTracing({ endpoint, serviceName: 'of-this-test' });
    const events = new TracedEventStore(await EmbeddedEventStore.open({ directory }), tracing);
    const readModels = await EmbeddedReadModelStore.open({ directory });
    const runner = new ProjectionRunner({ events, readModels, projections: [counting] });
    await runner.start();
    expect(await runner.untilReady(10_000)).toBe(true);
    traceCommits(runner, tracing);
    const bus = {
      async execute(command: object): Promise<unknown> {
        const { context, stream } = command as CountUp;
        const { commandId: id, correlationId, causationId, ...who } = context;
        const metadata = {
          ...who,
          $correlationId: correlationId,
          $causationId: causationId,
          command: 'CountUp',
          schemaVersion: 1,
        };
        const event: NewEvent = { id, type: 'Counted', data: { secret: 'nobody' }, metadata };
        return events.append(stream, 'any', [event]);
      },
    };
    traceCommands(bus, tracing);
    const hooks: Record<string, (request: never, reply: never) => Promise<void>> = {};
    traceRequests({ addHook: (name, hook) => (hooks[name] = hook as never) }, tracing);

    const [traceId, clientSpan] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
    const request = {
      method: 'POST',
      url: '/api/v1/vpcs?secret=1',
      headers: { traceparent: `00-${traceId}-${clientSpan}-01` },
      routeOptions: { url: '/api/v1/vpcs' },
    };
    await hooks.onRequest!(request as never, {} as never);
    const [, , ours] = request.headers.traceparent.split('-');
    const context = (commandId: string, causationId: string, trace = {}): CommandContext => ({
      commandId,
      causationId,
      correlationId: causationId,
      actor: 'a',
      accountId: '1',
      ...trace,
    });
    const first = newId();
    await bus.execute(new CountUp(context(first, newId(), { traceId, spanId: ours }), 'counted-1'));
    expect(await runner.reached((await events.head())!, 10_000)).toBe(true);
    await hooks.onResponse!(request as never, { statusCode: 201 } as never);
    // As a process manager does: caused by the event, and in its trace.
    const cause = (await recordedIn(events, 'counted-1')).metadata;
    await bus.execute(
      new CountUp(context(newId(), first, { traceId: cause.traceId, spanId: cause.spanId }), 'counted-2'),
    );
    expect(await runner.reached((await events.head())!, 10_000)).toBe(true);

    await runner.stop();
    await tracing.stop();
    await readModels.close();
    await events.close();
    rmSync(directory, { recursive: true });
    close();
    expect(services).toEqual(new Set(['of-this-test']));
    expect(new Set(spans.map((span) => span.traceId))).toEqual(new Set([traceId]));
    const parents = spans.map(({ name, parentSpanId }) => [
      name,
      spans.find(({ spanId }) => spanId === parentSpanId)?.name ?? parentSpanId,
    ]);
    const command = 'command CountUp';
    expect(parents.sort()).toEqual(
      [
        ['POST /api/v1/vpcs', clientSpan],
        [command, 'POST /api/v1/vpcs'],
        ['append counted', command],
        ['project Counted', command],
        [command, command],
        ['append counted', command],
        ['project Counted', command],
      ].sort(),
    );
    expect(JSON.stringify(spans)).not.toMatch(/secret|nobody/);
  });

  it('works on when nobody receives, and marks what failed', async () => {
    const { spans, endpoint, close } = await receiver();
    const tracing = await openTracing({ endpoint, serviceName: 's' });
    await expect(tracing.run('fails', {}, () => Promise.reject(new RangeError('secret')))).rejects.toThrow(
      'secret',
    );
    await tracing.stop();
    close();
    expect(spans).toMatchObject([{ name: 'fails', status: { code: 2, message: 'RangeError' } }]);
    const away = await openTracing({ endpoint, serviceName: 's' });
    expect(await away.run('works', {}, async () => 7)).toBe(7);
    await away.stop();
  });
});
