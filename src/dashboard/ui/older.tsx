import { number } from './format.ts';

export interface OlderProps {
  readonly total: number;
  /** Where the page that is shown began; nothing at the beginning of the list. */
  readonly after: string | null;
  readonly page: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly onGo: (after: string | null) => void;
}

/** Leads through a list that may be very long, a page at a time. */
export const Older = ({ total, after, page: { hasNextPage, endCursor }, onGo }: OlderProps) => (
  <p className="more muted">
    {number(total)} in all{' '}
    {after !== null && (
      <button type="button" onClick={() => onGo(null)}>
        Newest
      </button>
    )}{' '}
    {hasNextPage && (
      <button type="button" onClick={() => onGo(endCursor)}>
        Older
      </button>
    )}
  </p>
);
