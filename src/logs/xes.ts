import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';
import type { LogBuilder } from './log-builder.js';
import { LogError, LogProblems } from './log-problems.js';
import { readMoment } from './moment.js';

/** Reads an event log of IEEE 1849 (XES): names, times, and the beginning and end of each event where both are there. */
export async function readXes(
  file: string,
  input: Readable,
  zone: string,
  into: LogBuilder,
  progress: (events: number) => void,
): Promise<void> {
  const problems = new LogProblems(file);
  const reader = new XesReader(zone, into, problems);
  const parser = new SaxesParser();
  const refuse = (why: string): never => {
    throw new LogError(file, [`line ${parser.line}: ${why}`]);
  };
  parser.on('error', (error) => refuse(`this is no XML: ${error.message.replace(/^\d+:\d+: /, '')}`));
  // A document type can define entities that unfold without end, and a log needs none.
  parser.on('doctype', () => refuse('a document type declaration is not read'));
  parser.on('opentag', ({ name, attributes }) => reader.open(name, attributes, parser.line));
  parser.on('closetag', ({ name }) => reader.close(name, parser.line));
  input.setEncoding('utf8');
  for await (const chunk of input) {
    parser.write(chunk as string);
    progress(into.events);
  }
  parser.close();
  problems.throwIfAny();
}

type Values = Map<string, string>;

class XesReader {
  /** Attributes of the trace and the event that are being read; of anything else nothing is kept. */
  #trace: Values | null = null;
  #event: Values | null = null;
  #depth = 0;
  #events: { values: Values; line: number }[] = [];
  #traces = 0;

  constructor(
    private readonly zone: string,
    private readonly into: LogBuilder,
    private readonly problems: LogProblems,
  ) {}

  open(name: string, attributes: Readonly<Record<string, string>>, _line: number): void {
    if (name === 'trace') [this.#trace, this.#events] = [new Map<string, string>(), []];
    else if (name === 'event' && this.#trace) this.#event = new Map<string, string>();
    else if (this.#trace) {
      // Attributes may have attributes of their own, which say nothing of the event.
      if (this.#depth === 0)
        (this.#event ?? this.#trace).set(attributes['key'] ?? '', attributes['value'] ?? '');
      this.#depth++;
    }
  }

  close(name: string, line: number): void {
    if (name === 'trace' && this.#trace) this.#finish(this.#trace);
    else if (name === 'event' && this.#event) {
      this.#events.push({ values: this.#event, line });
      this.#event = null;
    } else if (this.#trace) this.#depth--;
  }

  #finish(trace: Values): void {
    this.#traces++;
    const caseId = trace.get('concept:name') ?? String(this.#traces);
    const begun = new Map<string, number[]>();
    for (const { values, line } of this.#events) {
      const activity = values.get('concept:name') ?? '';
      const moment = readMoment(values.get('time:timestamp') ?? '', this.zone);
      if (activity === '') this.problems.add(`line ${line}: an event without concept:name`);
      else if (Number.isNaN(moment))
        this.problems.add(`line ${line}: an event without a time:timestamp that can be read`);
      else this.#take(caseId, activity, moment, values.get('lifecycle:transition')?.toLowerCase(), begun);
    }
    this.#trace = null;
  }

  /** A beginning is kept for the next end of the same activity; other transitions are no work. */
  #take(
    caseId: string,
    activity: string,
    moment: number,
    transition = 'complete',
    begun: Map<string, number[]>,
  ): void {
    if (transition === 'start') begun.set(activity, [...(begun.get(activity) ?? []), moment]);
    else if (transition === 'complete')
      this.into.add(caseId, activity, moment, begun.get(activity)?.shift() ?? Number.NaN);
  }
}
