import { randomUUID } from 'node:crypto';
import {
  type Attributes,
  context,
  type Context,
  createContextKey,
  defaultTextMapGetter,
  defaultTextMapSetter,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';

/**
 * What belongs together: everything that one request or one job brings about has the same correlation id, which is the id of its trace
 * (32 hexadecimal digits), whether traces are sent anywhere or not. OpenTelemetry's context carries it; there is no second mechanism.
 */
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

const propagator = new W3CTraceContextPropagator();
/** Does nothing until a provider is registered, which `tracing.ts` does. */
const tracer = trace.getTracer('weir');

/** Of what is being done; undefined outside of a request or a job. */
export const correlationId = (): string | undefined => trace.getSpanContext(context.active())?.traceId;

/** `{traceparent}` (W3C Trace Context) of what is being done, for what it asks others to do; empty outside of a request or a job. */
export function carried(): Readonly<Record<string, string>> {
  const carrier: Record<string, string> = {};
  propagator.inject(context.active(), carrier, defaultTextMapSetter);
  return carrier;
}

export interface Undertaking {
  readonly correlationId: string;
  readonly span: Span;
  /** Whether it ended in a fault or out of time, whatever its status is: GraphQL answers 200. */
  faulty: boolean;
  /** Does some of the work within it. */
  run<T>(work: () => T): T;
}

export interface UndertakingOptions {
  /** Where whoever asks may have said to which trace it belongs, in `traceparent`; a wrong one counts as none. */
  readonly carrier: object;
  readonly kind: 'request' | 'job';
  readonly attributes?: Attributes;
}

/** Begins what somebody asked for: part of the asker's trace, or a trace of its own. Whoever begins it ends its span. */
export function undertake(name: string, { carrier, kind, attributes = {} }: UndertakingOptions): Undertaking {
  const parent = propagator.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter);
  const spanKind = kind === 'request' ? SpanKind.SERVER : SpanKind.CONSUMER;
  const begun = tracer.startSpan(name, { kind: spanKind, attributes }, parent);
  const span = isSpanContextValid(begun.spanContext()) ? begun : trace.wrapSpanContext(newIds());
  const undertaking: Undertaking = {
    correlationId: span.spanContext().traceId,
    span,
    faulty: false,
    run: (work) => context.with(within, work),
  };
  const within: Context = trace.setSpan(parent, span).setValue(UNDERTAKING, undertaking);
  return undertaking;
}

const UNDERTAKING = createContextKey('weir undertaking');

/** Notes that what is being done ended in a fault or out of time. */
export function blame(): void {
  const undertaking = context.active().getValue(UNDERTAKING) as Undertaking | undefined;
  if (undertaking) undertaking.faulty = true;
}

/** Where no traces are sent, nobody else makes up an id. Node has the bytes of UUIDs in store, which it draws many at a time. */
const newIds = () => ({
  traceId: hexadecimal(),
  spanId: hexadecimal().slice(0, 16),
  traceFlags: TraceFlags.NONE,
});

const hexadecimal = (): string => randomUUID().replaceAll('-', '');

/** Does the work as a named part of what is being done. @throws what the work throws, which is noted in the span */
export async function part<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  const span = tracer.startSpan(name, { attributes });
  try {
    return await context.with(trace.setSpan(context.active(), span), work);
  } catch (error) {
    failed(span, error instanceof Error ? error.name : typeof error);
    throw error;
  } finally {
    span.end();
  }
}

/** Notes in a span that what it is about went wrong: the type of trouble alone, as messages may hold what people wrote. */
export function failed(span: Span, type: string): void {
  span.setAttribute('error.type', type).setStatus({ code: SpanStatusCode.ERROR, message: type });
}

/** The span of what is being done at this moment. */
export const activeSpan = (): Span | undefined => trace.getActiveSpan();

/** Does the work as if nobody had asked for it: what goes on for ever would otherwise all be one trace. */
export const apart = <T>(work: () => T): T => context.with(ROOT_CONTEXT, work);

/** The same object, some of whose methods are parts of what is being done. @param names by method */
export function withParts<T extends object>(object: T, names: Partial<Record<keyof T, string>>): T {
  return new Proxy(object, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function') return value;
      const name = names[key as keyof T];
      if (name === undefined) return value.bind(target) as unknown;
      return (...values: unknown[]) => part(name, {}, () => value.apply(target, values) as Promise<unknown>);
    },
  });
}
