import { diag, DiagLogLevel, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Logger } from './logger.js';

/** Of spans that a collector has not taken; further ones are lost, and nobody waits. */
const MOST_WAITING_SPANS = 4_096;
/** How often what has gathered is sent. */
const SEND_MS = 2_000;
/** A collector that has not answered by then is given up. */
const EXPORT_MS = 5_000;
/** What is still to be sent at the end holds up the stop no longer. */
const FLUSH_MS = 3_000;

/**
 * Sends traces by OTLP over HTTP, as JSON, to `<endpoint>/v1/traces`. It is loaded only where it is wanted. A collector that is away costs
 * its spans and a line of the log.
 * @param endpoint of a collector, without the path
 */
export function startTracing({ endpoint, logger }: { readonly endpoint: string; readonly logger: Logger }): {
  stop(): Promise<void>;
} {
  sayWhatFails(logger);
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const processor = new BatchSpanProcessor(new OTLPTraceExporter({ url, timeoutMillis: EXPORT_MS }), {
    maxQueueSize: MOST_WAITING_SPANS,
    scheduledDelayMillis: SEND_MS,
    exportTimeoutMillis: EXPORT_MS,
  });
  const resource = resourceFromAttributes({ 'service.name': 'weir' });
  const provider = new BasicTracerProvider({ resource, spanProcessors: [processor] });
  trace.setGlobalTracerProvider(provider);
  return {
    stop: () =>
      Promise.race([
        provider.shutdown().catch(() => undefined),
        new Promise<void>((resolve) => setTimeout(resolve, FLUSH_MS).unref()),
      ]),
  };
}

/** Once, as it fails again every two seconds for as long as the collector is away. */
function sayWhatFails(logger: Logger): void {
  let isSaid = false;
  const nothing = () => undefined;
  const say = (message: string) => {
    if (isSaid) return;
    isSaid = true;
    logger.warn({ cause: message.slice(0, 300) }, 'traces cannot be sent; this is said once');
  };
  diag.setLogger(
    { error: say, warn: nothing, info: nothing, debug: nothing, verbose: nothing },
    { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true },
  );
}
