import type { IncomingHttpHeaders } from 'node:http';
import type { Context, Span } from '@opentelemetry/api';
import type { NoteSpan, Tracer } from '../conversation/ports';
import { inTime } from '../in-time';

/** Traces sent to a collector. */
export type Tracing = Tracer & {
  /** Id of the trace of what runs now, for log lines; undefined outside of one. */
  traceId(): string | undefined;
  /** Sends what is left, at most for five seconds. Never throws. */
  stop(): Promise<void>;
};

export type TracingOptions = {
  /** Address of an OpenTelemetry collector (OTLP over HTTP), without the path of the signal. */
  endpoint: string;
  /** Version of the program, shown with each trace. */
  version: string;
};

/** How long the last traces may take to leave, in milliseconds. */
const stopMilliseconds = 5000;

/**
 * Starts sending traces. The libraries are loaded here only: who collects no traces pays nothing. Sampling and headers are set by
 * OpenTelemetry's own variables (`OTEL_TRACES_SAMPLER`, `OTEL_EXPORTER_OTLP_HEADERS`). Attributes are closed values: nothing a person wrote.
 */
export async function startTracing({ endpoint, version }: TracingOptions): Promise<Tracing> {
  const { context, propagation, ROOT_CONTEXT, SpanStatusCode, trace } = await import('@opentelemetry/api');
  const { BatchSpanProcessor, NodeTracerProvider } = await import('@opentelemetry/sdk-trace-node');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { resourceFromAttributes } = await import('@opentelemetry/resources');
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'guichet', 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register();
  const tracer = provider.getTracer('guichet');

  async function run<T>(span: Span, work: (note: NoteSpan) => Promise<T>) {
    try {
      return await work((values) => void span.setAttributes(values));
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).name });
      throw error;
    } finally {
      span.end();
    }
  }

  const parentOf = (headers: IncomingHttpHeaders | undefined): Context =>
    headers ? propagation.extract(ROOT_CONTEXT, headers) : context.active();

  return {
    span: (name, work, headers) => tracer.startActiveSpan(name, {}, parentOf(headers), (span) => run(span, work)),
    traceId: () => trace.getActiveSpan()?.spanContext().traceId,
    async stop() {
      await inTime(provider.shutdown(), stopMilliseconds).catch(() => undefined);
      trace.disable();
      context.disable();
      propagation.disable();
    },
  };
}
