// The six questions of a dashboard. Each is asked in full, as a page would; and as what can be read from tables alone, which others
// can answer too.
import { readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const own = (name) => readFileSync(path.join(import.meta.dirname, 'documents', `${name}.graphql`), 'utf8');
const client = (name) =>
  readFileSync(path.join(ROOT, 'examples/typed-client/documents', `${name}.graphql`), 'utf8');

/** Of the newest era, in every size. */
const WORKFLOW = 'quarterly-b2b-launch-002';
const CAMPAIGN = 'desk-lamp-00021';
const [FROM, TO] = [10, 11];
const PAGE = 50;

/**
 * @param quarter the last one that is over: `quarter`, `start`, `end`
 * @returns of each question what the product is asked, what it is compared by, and what the others are asked for the same answer
 */
export function questionsOf({ quarter, start, end }) {
  const versions = { key: WORKFLOW, from: { number: FROM }, to: { number: TO } };
  const filter = { kind: ['MODIFIED'], classification: ['NONE'] };
  const found = [
    {
      ...{ name: 'portfolio', title: 'portfolio board', full: own('portfolio') },
      variables: { first: PAGE },
      ...{ tables: { first: PAGE }, values: [PAGE] },
    },
    {
      ...{ name: 'campaign', title: 'one campaign in full', full: client('campaign') },
      variables: { key: CAMPAIGN },
      ...{ tables: { key: CAMPAIGN }, values: [CAMPAIGN] },
    },
    {
      ...{ name: 'versions', title: 'a workflow and its last 20 versions', full: client('versions') },
      variables: { key: WORKFLOW },
      ...{ tables: { key: WORKFLOW }, values: [WORKFLOW] },
    },
    {
      ...{ name: 'history', title: 'a page of the audit history', full: client('history') },
      variables: { first: PAGE, filter },
      tables: { first: PAGE, kind: 'modified', classification: 'none' },
      values: [PAGE, 'modified', 'none'],
    },
    {
      ...{ name: 'diff', title: 'diff of two versions', full: client('diff') },
      ...{ variables: versions, tables: null, values: [WORKFLOW, TO] },
    },
    {
      ...{ name: 'review', title: 'quarterly review', full: client('review') },
      ...{ variables: { quarter }, tables: null, values: [start, end] },
    },
  ];
  return found.map(({ tables, values, full, ...question }) => ({
    ...question,
    full: { query: full, variables: question.variables },
    compared: { query: own(`compared/${question.name}`), variables: question.variables },
    // No table holds what a diff or a review is made of in the form of an answer.
    postgraphile: tables && { query: own(`postgraphile/${question.name}`), variables: tables },
    bare: { question: question.name, values },
  }));
}

/** What tells which quarter that is. */
export const QUARTER = '{ quarterlyReview { quarter start end } }';

/** What a part has only once it is on record. */
const RECORDED = { steps: 'startedAt', gates: 'evaluatedAt', handoffs: 'acceptedAt', metrics: 'measuredAt' };
const SORTED_BY = { steps: 'key', gates: 'key', handoffs: 'key', metrics: 'name', channels: 'channel' };
const ENUMS = new Set(['status', 'risk', 'kind', 'classification', 'decision']);

/**
 * An answer in one form, whoever gave it: enums as they are stored, moments as numbers, pages as lists, parts of campaigns as far as they
 * are on record (the product also tells of those that are not).
 */
export function inOneForm(data, name = '') {
  if (Array.isArray(data)) {
    const recorded = RECORDED[name];
    const kept = recorded ? data.filter((each) => each[recorded] != null) : data;
    const by = SORTED_BY[name];
    const listed = kept.map((each) => inOneForm(each));
    return by ? listed.sort((one, other) => (one[by] < other[by] ? -1 : 1)) : listed;
  }
  if (typeof data === 'string') return valueOf(data, name);
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data.nodes)) return inOneForm(data.nodes, name);
  const fields = Object.entries(data).filter(([field]) => field !== '__typename');
  const known = { workflowHistory: 'history', quarterlyReview: 'review' };
  const formed = Object.fromEntries(
    fields.map(([field, value]) => [known[field] ?? field, inOneForm(value, field)]),
  );
  if (formed.author) [formed.authorName, formed.author] = [formed.author.name, undefined];
  if (formed.fromVersion?.number === null) formed.fromVersion = null;
  const sorted = Object.entries(formed).filter(([, value]) => value !== undefined);
  return Object.fromEntries(sorted.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function valueOf(text, field) {
  if (ENUMS.has(field)) return text.toLowerCase().replaceAll('_', '-');
  return /(At|On)$/.test(field) ? Date.parse(text) : text;
}
