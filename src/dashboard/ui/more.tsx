/** Leads to the next page of a list. */
export function More({
  shown,
  total,
  hasMore,
  onMore,
}: {
  shown: number;
  total: number;
  hasMore: boolean;
  onMore: () => void;
}) {
  return (
    <p className="more muted">
      {shown} of {total}{' '}
      {hasMore && (
        <button type="button" onClick={onMore}>
          Show more
        </button>
      )}
    </p>
  );
}
