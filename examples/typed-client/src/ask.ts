import type { TypedDocumentString } from './generated/graphql.js';

/** How far the database had come with the last change, so that no standby answers with what was before; browsers keep it by themselves. */
let position: string | null = null;

/** Asks Weir. What a document's variables and answer look like follows from the document. */
export async function ask<Result, Variables>(
  url: string,
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(position === null ? {} : { 'weir-position': position }),
    },
    body: JSON.stringify({ query: document.toString(), variables }),
  });
  position = response.headers.get('weir-position') ?? position;
  const { data, errors } = (await response.json()) as {
    data?: Result | null;
    errors?: { message: string; extensions: { code: string } }[];
  };
  const [error] = errors ?? [];
  if (error || !data) throw new Error(error ? `${error.extensions.code}: ${error.message}` : 'no answer');
  return data;
}
