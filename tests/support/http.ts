/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly { message: string; path?: unknown[]; extensions: Record<string, unknown> }[];
  readonly extensions: Record<string, unknown>;
}

const JSON_HEADERS = { 'content-type': 'application/json' };

export async function request(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, init);
  const text = await response.text();
  const { data = null, errors = [], extensions = {} } = JSON.parse(text) as Partial<Answer>;
  return { status: response.status, headers: response.headers, data, errors, extensions };
}

export const post = (
  url: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> =>
  request(url, { method: 'POST', headers: { ...JSON_HEADERS, ...headers }, body: JSON.stringify(body) });

export const postText = (url: string, body: string, contentType = 'application/json'): Promise<Answer> =>
  request(url, { method: 'POST', headers: { 'content-type': contentType }, body });
