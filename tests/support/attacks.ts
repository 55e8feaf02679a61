/** A request that is meant to be dear to answer, and cheap to send. */
export interface Attack {
  readonly name: string;
  /** What is sent, as it goes over the wire. */
  readonly body: string | Uint8Array<ArrayBuffer>;
  /** What the first error says, one of `docs/errors.md`. */
  readonly code: string;
  /** Whether a body says what it is asked over a socket, too. */
  readonly isDocument: boolean;
}

const times = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');
const nested = (open: string, close: string, depth: number, inside = ''): string =>
  `${open.repeat(depth)}${inside}${close.repeat(depth)}`;

const document = (name: string, query: string, code: string, variables?: object): Attack => ({
  ...{ name, code, isDocument: true },
  body: JSON.stringify({ query, variables }),
});
const raw = (name: string, body: string | Uint8Array<ArrayBuffer>, code: string): Attack => ({
  ...{ name, code, isDocument: false },
  body,
});

const LEVEL = ['{ currentVersion { workflow ', ' } }'] as const;
const INTROSPECTION = nested('fields { type { ', ' } } ', 12, 'name');
const CHEAP = '{ workflows { totalCount } }';

const NESTING = [
  document('1,000 levels', `{ workflow(key: "a") ${nested(...LEVEL, 500, '{ key }')} }`, 'LIMIT_EXCEEDED'),
  document('100,000 levels', nested('{a', '}', 100_000), 'LIMIT_EXCEEDED'),
  document('30 levels of types', `{ __schema { types { ${INTROSPECTION} } } }`, 'GRAPHQL_VALIDATION_FAILED'),
  document(
    'an argument of 900 levels',
    `{ campaigns(filter: ${nested('{a:', '}', 900, '1')}) { totalCount } }`,
    'GRAPHQL_VALIDATION_FAILED',
  ),
  document(
    'lists in lists',
    `{ campaigns(filter: ${nested('[', ']', 1_900, '1')}) { totalCount } }`,
    'GRAPHQL_VALIDATION_FAILED',
  ),
  document(
    'a type of lists in lists',
    `query ($a: ${nested('[', ']', 1_900, 'Int')}) { __typename }`,
    'GRAPHQL_VALIDATION_FAILED',
  ),
];

const FLOODS = [
  document('1,000 aliases', `{ ${times(1_000, (at) => `a${at}: __typename`)} }`, 'LIMIT_EXCEEDED'),
  document('50,000 aliases', `{ ${times(50_000, (at) => `a${at}: key`)} }`, 'LIMIT_EXCEEDED'),
  document('10,000 @skip', `{ __typename ${'@skip(if: true) '.repeat(10_000)} }`, 'LIMIT_EXCEEDED'),
  document('500 @skip', `{ __typename ${'@skip(if: true) '.repeat(500)} }`, 'GRAPHQL_VALIDATION_FAILED'),
  document(
    'unknown directives',
    `{ __typename ${times(1_900, (at) => `@a${at}`)} }`,
    'GRAPHQL_VALIDATION_FAILED',
  ),
  document('unknown fields', `{ ${times(3_900, (at) => `workflw${at}`)} }`, 'GRAPHQL_VALIDATION_FAILED'),
  document('a field 5,000 times', `{ ${'__typename '.repeat(5_000)} }`, 'LIMIT_EXCEEDED'),
  document('a field 900 times', `{ ${'workflows { totalCount } '.repeat(900)} }`, 'LIMIT_EXCEEDED'),
  document(
    'fields within fields, each several times',
    `{ ${`workflows { ${`nodes { ${'key '.repeat(20)} } `.repeat(12)} } `.repeat(12)} }`,
    'LIMIT_EXCEEDED',
  ),
  document(
    '600 fields in as many brackets',
    `{ ${'... { workflows { totalCount } } '.repeat(450)} }`,
    'LIMIT_EXCEEDED',
  ),
  document(
    'many variables',
    `query (${times(900, (at) => `$a${at}: Int`)}) { __typename }`,
    'GRAPHQL_VALIDATION_FAILED',
  ),
  document(
    'many operations',
    times(600, (at) => `query q${at} { __typename }`),
    'OPERATION_RESOLUTION_FAILURE',
  ),
  document('a page of a billion', '{ workflows(first: 1000000000) { nodes { key } } }', 'LIMIT_EXCEEDED'),
];

const FRAGMENTS = [
  document(
    'a cycle',
    '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }',
    'GRAPHQL_VALIDATION_FAILED',
  ),
  document(
    'a cycle through fields',
    '{ workflow(key: "a") { ...a } } fragment a on Workflow { currentVersion { workflow { ...a ...a } } }',
    'GRAPHQL_VALIDATION_FAILED',
  ),
  document(
    'a fragment that doubles 30 times',
    `{ ...f0 } ${times(30, (at) => `fragment f${at} on Query { ...f${at + 1} ...f${at + 1} }`)} fragment f30 on Query { workflows { totalCount } }`,
    'LIMIT_EXCEEDED',
  ),
  document(
    'fields that double 30 times',
    `{ workflow(key: "a") { ...f0 } } ${times(30, (at) => `fragment f${at} on Workflow { currentVersion { workflow { ...f${at + 1} } } b: currentVersion { workflow { ...f${at + 1} } } }`)} fragment f30 on Workflow { key }`,
    'LIMIT_EXCEEDED',
  ),
  document(
    '350 fragments side by side',
    `{ ${times(350, (at) => `...f${at}`)} } ${times(350, (at) => `fragment f${at} on Query { __typename }`)}`,
    'LIMIT_EXCEEDED',
  ),
  document(
    'a chain of 200 fragments in 150 operations',
    `${times(150, (at) => `query q${at} { ...f0 }`)} ${times(200, (at) => `fragment f${at} on Query { ...f${at + 1} }`)} fragment f200 on Query { __typename }`,
    'LIMIT_EXCEEDED',
  ),
];

const HUGE = [
  document('a name of 900,000 letters', `{ ${'a'.repeat(900_000)} }`, 'LIMIT_EXCEEDED'),
  document('a name of 90,000 letters', `{ ${'a'.repeat(90_000)} }`, 'GRAPHQL_VALIDATION_FAILED'),
  document(
    'a text of 900,000 letters',
    `{ workflow(key: "${'a'.repeat(900_000)}") { key } }`,
    'LIMIT_EXCEEDED',
  ),
  document(
    'a block of empty lines',
    `{ workflow(key: """${'\n '.repeat(300_000)}""") { key } }`,
    'LIMIT_EXCEEDED',
  ),
  document('comments', `${'#\n'.repeat(300_000)} ${CHEAP}`, 'LIMIT_EXCEEDED'),
  document(
    'a number of 90,000 digits',
    `{ workflows(first: ${'9'.repeat(90_000)}) { totalCount } }`,
    'GRAPHQL_VALIDATION_FAILED',
  ),
];

const WITH_PAGE = 'query ($a: Int) { workflows(first: $a) { totalCount } }';
const VARIABLES = [
  document('a list of 90,000 for a number', WITH_PAGE, 'BAD_USER_INPUT', { a: Array(90_000).fill(1) }),
  document('a text of 1 MB for a number', WITH_PAGE, 'BAD_USER_INPUT', { a: 'x'.repeat(1_000_000) }),
  document(
    'a page of a variable',
    'query ($a: Int) { workflows(first: $a) { nodes { key } } }',
    'LIMIT_EXCEEDED',
    { a: 2_147_483_647 },
  ),
  document('a number that is no Int', WITH_PAGE, 'BAD_USER_INPUT', { a: 1e300 }),
  document(
    'a list of 90,000 texts',
    'query ($a: [CampaignStatus!]) { campaigns(filter: { status: $a }) { totalCount } }',
    'BAD_USER_INPUT',
    { a: Array(90_000).fill('a') },
  ),
  // Over a socket such a message ends the connection.
  {
    ...document(
      'an object of 50,000 unknown keys',
      'query ($a: CampaignFilterInput) { campaigns(filter: $a) { totalCount } }',
      'BAD_USER_INPUT',
      Object.fromEntries([
        ['a', Object.fromEntries(Array.from({ length: 50_000 }, (_, at) => [`k${at}`, 1]))],
      ]),
    ),
    isDocument: false,
  },

  document(
    'a document of many fields, ten times',
    `query ($a: String!) { ${times(10, (at) => `a${at}: documentCost(document: $a) { cost }`)} limits { cost } ${times(11, (at) => `b${at}: documentCost(document: $a) { cost }`)} }`,
    'LIMIT_EXCEEDED',
    { a: `{ ${'workflows { totalCount } '.repeat(70)} }` },
  ),
];

const levels = nested('[', ']', 250_000);
const WIRE = [
  raw('variables of 250,000 levels', `{"query":"${CHEAP}","variables":{"a":${levels}}}`, 'BAD_USER_INPUT'),
  raw('extensions of 250,000 levels', `{"query":"${CHEAP}","extensions":{"a":${levels}}}`, 'BAD_USER_INPUT'),
  raw(
    'half a million numbers',
    `{"query":"${CHEAP}","variables":{"a":[${'1,'.repeat(499_999)}1]}}`,
    'BAD_USER_INPUT',
  ),
  raw('a key of the prototype', `{"query":"${CHEAP}","variables":{"__proto__":{"a":1}}}`, 'BAD_REQUEST'),
  raw(
    'a constructor with a prototype',
    `{"query":"${CHEAP}","variables":{"constructor":{"prototype":{"a":1}}}}`,
    'BAD_REQUEST',
  ),
  raw('1,000 requests in one', JSON.stringify(Array(1_000).fill({ query: CHEAP })), 'BAD_REQUEST'),
  raw('10 MB', `{"query":"${'a'.repeat(10_000_000)}"}`, 'PAYLOAD_TOO_LARGE'),
  raw(
    'bytes that are no text',
    Uint8Array.from([0x7b, 0x22, 0xff, 0xfe, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d]),
    'BAD_REQUEST',
  ),
  raw('a body cut off', '{"query": "{ work', 'BAD_REQUEST'),
];

/** Ways to make a server work for long, or fail, by one request. */
export const ATTACKS: readonly Attack[] = [
  ...[...NESTING, ...FLOODS, ...FRAGMENTS, ...HUGE, ...VARIABLES, ...WIRE],
];
