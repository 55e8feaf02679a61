import type { Log, PhysicalLocation, Region, Result } from 'sarif';
import { FINDINGS, isFindingCode } from '../domain/findings.js';
import type { Place, Problem, Severity } from '../domain/problem.js';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/** Findings as a log of SARIF 2.1.0 (OASIS), for code scanning and editors. */
export function sarifOf(problems: readonly Problem[], version: string): Log {
  const codes = [...new Set(problems.map(({ code }) => code))].sort();
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'weir', semanticVersion: version, rules: codes.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: problems.map((problem) => resultOf(problem, codes.indexOf(problem.code))),
      },
    ],
  };
}

function ruleOf(code: string) {
  const text = isFindingCode(code) ? FINDINGS[code].meaning : code;
  const level = isFindingCode(code) ? LEVELS[FINDINGS[code].severity] : ('error' as const);
  return { id: code, shortDescription: { text }, defaultConfiguration: { level } };
}

function resultOf(problem: Problem, ruleIndex: number): Result {
  const { code, severity, message, hint, related = [], fix } = problem;
  const text = hint === undefined ? message : `${message} (${hint})`;
  return {
    ruleId: code,
    ruleIndex,
    level: LEVELS[severity],
    message: { text },
    locations: [{ physicalLocation: locationOf(problem) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((each, id) => ({
            id,
            message: { text: each.message },
            physicalLocation: locationOf(each),
          })),
        }),
    ...(fix === undefined
      ? {}
      : {
          fixes: [
            {
              artifactChanges: [
                {
                  artifactLocation: { uri: uriOf(fix.file) },
                  replacements: [{ deletedRegion: regionOf(fix), insertedContent: { text: fix.text } }],
                },
              ],
            },
          ],
        }),
  };
}

const locationOf = (place: Place): PhysicalLocation => ({
  artifactLocation: { uri: uriOf(place.file) },
  region: regionOf(place),
});

const regionOf = ({ line, column, endLine, endColumn }: Place): Region => ({
  startLine: line,
  startColumn: column,
  endLine,
  endColumn,
});

/** A path as a reference of RFC 3986, relative to where the command ran. */
const uriOf = (file: string): string => file.split(/[\\/]/).map(encodeURIComponent).join('/');
