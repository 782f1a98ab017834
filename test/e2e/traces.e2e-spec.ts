import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startService } from './support/rest-client';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
}

describe('a service with an OTLP endpoint', () => {
  it('sends one trace of a request, its command, its append and what made it visible', async () => {
    const spans: Span[] = [];
    const receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { resourceSpans } = JSON.parse(Buffer.concat(chunks).toString()) as {
          resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
        };
        spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
        response.end('{}');
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const { port } = receiver.address() as AddressInfo;
    const service = await startService({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` };
    const vpc = { name: 'traced', cidrBlock: '10.0.0.0/8' };
    expect((await service.client.post('/api/v1/vpcs', vpc, { headers })).status).toBe(201);
    // What is left is sent at the end.
    await service.stop();
    receiver.close();
    const ours = spans.filter((span) => span.traceId === traceId);
    const parentOf = (name: string) => {
      const span = ours.find((one) => one.name === name);
      return ours.find(({ spanId }) => spanId === span?.parentSpanId)?.name;
    };
    expect(parentOf('command CreateVpc')).toBe('POST /api/v1/vpcs');
    expect(parentOf('append network')).toBe('command CreateVpc');
    expect(parentOf('project VpcCreated')).toBe('command CreateVpc');
  });
});
