import type { Span, SpanContext } from '@opentelemetry/api';
import type { OpenSpan, SpanIds, SpanOptions, Tracing } from './tracing';

export interface TracingOptions {
  /** Base address of an OTLP/HTTP receiver: `http://host:4318`. */
  readonly endpoint: string;
  readonly serviceName: string;
}

const longestStop = 2_000;

/** Loads OpenTelemetry now, and not before: a service without an endpoint never does. */
export async function openTracing({ endpoint, serviceName }: TracingOptions): Promise<Tracing> {
  const { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags } = await import('@opentelemetry/api');
  const { AsyncLocalStorageContextManager } = await import('@opentelemetry/context-async-hooks');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { resourceFromAttributes } = await import('@opentelemetry/resources');
  const { BatchSpanProcessor, TracerProvider } = await import('@opentelemetry/sdk-trace');

  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('flowledger');
  const contexts = new AsyncLocalStorageContextManager().enable();
  const kinds = {
    server: SpanKind.SERVER,
    client: SpanKind.CLIENT,
    consumer: SpanKind.CONSUMER,
    internal: SpanKind.INTERNAL,
  };

  const begin = (name: string, { kind = 'internal', parent, attributes, startedAt }: SpanOptions): Span => {
    const { traceId, spanId } = parent ?? {};
    const remote: SpanContext | undefined =
      traceId && spanId ? { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true } : undefined;
    const context = remote ? trace.setSpanContext(ROOT_CONTEXT, remote) : contexts.active();
    return tracer.startSpan(name, { kind: kinds[kind], attributes, startTime: startedAt }, context);
  };
  const opened = (span: Span): OpenSpan => ({
    ids: idsOf(span),
    end: ({ error, attributes } = {}) => {
      if (attributes) span.setAttributes(attributes);
      if (error !== undefined) {
        // The class of the error only: its message may quote what was sent.
        const message = error instanceof Error ? error.name : 'error';
        span.setStatus({ code: SpanStatusCode.ERROR, message });
      }
      span.end();
    },
  });

  return {
    start: (name, options = {}) => opened(begin(name, options)),
    run: async (name, options, work) => {
      const span = begin(name, options);
      const open = opened(span);
      try {
        const result = await contexts.with(trace.setSpan(contexts.active(), span), () => work(open.ids));
        open.end();
        return result;
      } catch (error) {
        open.end({ error });
        throw error;
      }
    },
    stop: async () => {
      const late = new Promise<void>((resolve) => setTimeout(resolve, longestStop).unref());
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
      contexts.disable();
    },
  };
}

function idsOf(span: Span): SpanIds {
  const { traceId, spanId } = span.spanContext();
  return { traceId, spanId };
}
