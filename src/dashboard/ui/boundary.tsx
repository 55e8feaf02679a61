import { Component, type ReactNode, useState } from 'react';
import { Alert } from './parts.tsx';

/** The files of a page did not come: the server is away, or has others since it was updated. */
export class NotLoaded extends Error {
  constructor(options: ErrorOptions) {
    super('Weir cannot be reached, or was updated meanwhile', options);
  }
}

/** Shows that a page has failed, in place of nothing at all; the head stays, and leads to the others. */
export class Boundary extends Component<{ readonly children: ReactNode }, { readonly error: Error | null }> {
  override state = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state as { error: Error | null };
    return error === null ? this.props.children : <Failed error={error} />;
  }
}

/** Nothing is loaded again while the server is away: the browser would show nothing of Weir any more. */
function Failed({ error }: { error: Error }) {
  const [isAway, setAway] = useState(false);
  const reload = () =>
    fetch('/', { method: 'HEAD', cache: 'no-store' }).then(
      () => location.reload(),
      () => setAway(true),
    );
  return (
    <Alert>
      <p>
        {error instanceof NotLoaded ? 'This page could not be loaded' : 'This page has failed'}:{' '}
        {error.message}.
      </p>
      <button type="button" onClick={() => void reload()}>
        Load it again
      </button>{' '}
      {isAway && <span role="status">Weir still cannot be reached.</span>}
    </Alert>
  );
}
