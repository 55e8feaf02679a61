import { RequestError } from '@octokit/request-error';
import { HostError } from '../application/pull-requests.js';

/** Status of an answer that was no success; null where there was no answer. */
export function statusOf(error: unknown): number | null {
  if (!(error instanceof RequestError)) return null;
  return error.response ? error.status : null;
}

/** A fault of the host, or none at all of an answer. */
export const isUnavailable = (error: unknown): boolean => {
  const status = statusOf(error);
  return error instanceof RequestError && (status === null || status >= 500);
};

const isLimit = (error: RequestError): boolean =>
  error.status === 429 ||
  error.response?.headers['x-ratelimit-remaining'] === '0' ||
  /\brate limit\b/i.test(error.message);

/** What an error of the client means to whoever asked; anything else is a fault of ours and stays what it is. */
export function explain(error: unknown): HostError {
  if (error instanceof HostError) return error;
  if (!(error instanceof RequestError)) throw error;
  const status = statusOf(error);
  const what = `GitHub: ${error.message}`;
  const cause = { cause: error };
  if (status === null || status >= 500) return new HostError('unavailable', what, cause);
  if (isLimit(error)) return new HostError('limited', what, cause);
  if (status === 401 || status === 403)
    return new HostError('unauthorised', `${what} (see WEIR_GITHUB_TOKEN)`, cause);
  return new HostError(status === 404 ? 'unknown' : 'refused', what, cause);
}
