import type { OpenSpan, SpanIds, Tracing } from './tracing';

/** What is needed of Fastify's requests and answers. */
interface TracedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly routeOptions: { readonly url?: string };
}
interface TracedReply {
  readonly statusCode: number;
}
interface Hooks {
  addHook(
    name: 'onRequest' | 'onResponse',
    hook: (request: TracedRequest, reply: TracedReply) => Promise<void>,
  ): unknown;
}

const traceparent = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}$/;

/** Continues a W3C `traceparent`; undefined when there is none. */
function sentBy({ headers }: TracedRequest): SpanIds | undefined {
  const [, traceId, spanId] = traceparent.exec(String(headers.traceparent ?? '')) ?? [];
  return traceId && spanId ? { traceId, spanId } : undefined;
}

/** Asked for every few seconds by machines, or open for hours: no traces of these. */
const isOfNoInterest = ({ url, headers }: TracedRequest): boolean =>
  url.startsWith('/health/') || url.startsWith('/metrics') || headers.upgrade !== undefined;

/**
 * A span for each request. It takes the place of the `traceparent` that came with it, so whoever continues the request's
 * trace continues ours. No query strings, headers or bodies: they may hold secrets.
 */
export function traceRequests(fastify: Hooks, tracing: Tracing): void {
  const open = new WeakMap<TracedRequest, OpenSpan>();
  fastify.addHook('onRequest', async (request) => {
    if (isOfNoInterest(request)) return;
    const parent = sentBy(request);
    const route = request.routeOptions.url ?? 'unknown route';
    const span = tracing.start(`${request.method} ${route}`, {
      kind: 'server',
      ...(parent && { parent }),
      attributes: { 'http.request.method': request.method, 'http.route': route },
    });
    open.set(request, span);
    request.headers.traceparent = `00-${span.ids.traceId}-${span.ids.spanId}-01`;
  });
  fastify.addHook('onResponse', async (request, { statusCode }) => {
    open.get(request)?.end({
      attributes: { 'http.response.status_code': statusCode },
      ...(statusCode >= 500 && { error: new Error(`${statusCode}`) }),
    });
  });
}
