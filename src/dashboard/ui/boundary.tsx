import { Component, type ReactNode } from 'react';
import { Alert } from './parts.tsx';

/** Shows that a page has failed, in place of nothing at all; the head stays, and leads to the others. */
export class Boundary extends Component<{ readonly children: ReactNode }, { readonly error: Error | null }> {
  override state = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state as { error: Error | null };
    if (error === null) return this.props.children;
    return (
      <Alert>
        <p>This page has failed: {error.message}</p>
        <button type="button" onClick={() => location.reload()}>
          Load it again
        </button>
      </Alert>
    );
  }
}
