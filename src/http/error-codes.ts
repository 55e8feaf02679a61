interface ErrorEntry {
  readonly meaning: string;
  readonly remedy: string;
  /** A message as the API gives it. */
  readonly example: string;
}

/** Every `extensions.code` of an entry of `errors`. A code is never removed and never given another meaning. */
export const ERRORS = {
  GRAPHQL_PARSE_FAILED: {
    meaning: 'The document is not GraphQL.',
    remedy: 'Correct it at the place that `locations` names.',
    example: 'Syntax Error: Expected Name, found <EOF>.',
  },
  GRAPHQL_VALIDATION_FAILED: {
    meaning: 'The document asks for something that the schema does not have.',
    remedy: 'Correct it; the message often names what was meant.',
    example: 'Cannot query field "nam" on type "Workflow". Did you mean "name"?',
  },
  OPERATION_RESOLUTION_FAILURE: {
    meaning: 'The document has several operations and none was named, or none of the name that was.',
    remedy: 'Give `operationName`.',
    example: 'Must provide operation name if query contains multiple operations.',
  },
  BAD_USER_INPUT: {
    meaning:
      'An argument or a variable cannot be used: a cursor of another list, a page of a negative size, a date that does not exist.',
    remedy: 'Correct the value; the message says what is allowed.',
    example: "'first' cannot be negative",
  },
  UNAUTHENTICATED: {
    meaning: 'It is not known who asks: there is no token, or it is not taken. The answer is 401.',
    remedy: 'Send `authorization: Bearer …` with an access token, or with an API token that is still good.',
    example: 'the token has expired',
  },
  IDENTITY_UNAVAILABLE: {
    meaning: 'The keys that access tokens are verified with cannot be read now. The answer is 503.',
    remedy: 'Try again soon; the log says why.',
    example: 'the keys of whoever issues access tokens cannot be read; try again soon',
  },
  FORBIDDEN: {
    meaning:
      'The part at `path` is only for those with a permission that whoever asks lacks; the rest stands.',
    remedy: 'Ask somebody who has it; the message names it.',
    example: "'viewer@example.com' lacks the permission 'steward'",
  },
  BAD_REQUEST: {
    meaning:
      'The request is not GraphQL over HTTP: truncated JSON, a batch, no document, or a subscription by POST.',
    remedy: 'Send a POST with `content-type: application/json` and a JSON object with `query`.',
    example: 'Unexpected end of JSON input',
  },
  NOT_FOUND: {
    meaning: 'What the address names does not exist: a route, a campaign, a quarter. The answer is 404.',
    remedy: 'Correct the address; docs/permissions.md lists the routes.',
    example: "there is no campaign 'sumer-launch'",
  },
  METHOD_NOT_ALLOWED: {
    meaning: 'GraphQL is asked by POST, or by GET for queries.',
    remedy: 'Use POST.',
    example: 'PUT is not GraphQL: use POST, or GET',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    meaning: 'The body is not JSON.',
    remedy: 'Send `content-type: application/json`.',
    example: 'Unsupported Media Type',
  },
  PAYLOAD_TOO_LARGE: {
    meaning: 'The request is larger than `limits { bodyBytes }`.',
    remedy: 'Send less at a time.',
    example: 'Request body is too large',
  },
  LIMIT_EXCEEDED: {
    meaning: 'The document asks for more than `limits` allows; nothing was carried out.',
    remedy: 'Ask for shorter pages or in several requests; `documentCost` tells what a document costs.',
    example: 'the depth is 41; the limit is 20; ask for shorter pages, or in several requests',
  },
  RATE_LIMITED: {
    meaning: 'This address has asked more often than WEIR_RATE_LIMIT allows; nothing was carried out.',
    remedy:
      'Wait as long as the header `retry-after` says; follow by a subscription rather than ask again and again.',
    example: 'too many requests from this address; try again in 12 s',
  },
  BUSY: {
    meaning: 'As many uploads as are taken at a time are being read. The answer is 503.',
    remedy: 'Send it again after as long as the header `retry-after` says.',
    example: '8 senders are at it already; try again',
  },
  NOT_CONFIGURED: {
    meaning: 'What this address is for has not been set up on this server. The answer is 503.',
    remedy: 'The message names the setting.',
    example: 'no webhooks are taken: set WEIR_WEBHOOK_SECRET',
  },
  REPOSITORY_UNREADABLE: {
    meaning: 'The repository cannot be read now: its host is away, silent or lets nobody in.',
    remedy: 'Try again later; `alerts` and `repository` say since when, and what an operator does.',
    example: 'https://git.example.com/marketing.git has not answered within 15 s',
  },
  CANNOT_CALCULATE: {
    meaning:
      'What was asked for has no answer as the definition and the Team are; the rest of the answer stands.',
    remedy: 'The message says what is missing: more people, or a smaller workflow.',
    example: "step 'booth' needs 3 of 'designer', and the team has 2",
  },
  TIMEOUT: {
    meaning: 'The part at `path` was not ready in time; the rest of the answer stands.',
    remedy: 'Ask for less at a time, or again later. After a mutation, look whether it was carried out.',
    example: 'this took longer than 10 seconds and was given up',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    meaning: 'The server does not know the document of this hash (automatic persisted queries).',
    remedy: 'Send the document together with its hash once; clients do so by themselves.',
    example: 'PersistedQueryNotFound',
  },
  DOCUMENT_NOT_FOUND: {
    meaning: 'No trusted document has this `documentId`.',
    remedy: "Add your build's manifest to WEIR_DOCUMENTS.",
    example: "no trusted document has the id '1f0e'",
  },
  DOCUMENT_NOT_TRUSTED: {
    meaning: 'The server answers only documents of its allow-list, and this is none of them.',
    remedy: "Add your build's manifest to WEIR_DOCUMENTS.",
    example: 'this server only answers documents of its allow-list',
  },
  INTERNAL_SERVER_ERROR: {
    meaning: 'Something went wrong on the server.',
    remedy: "Quote the `correlationId`: the operator finds it in the server's log.",
    example: 'something went wrong on the server; quote the correlation id when you report it',
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;

export type ErrorCode = keyof typeof ERRORS;
