import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError, NotSignedIn } from './ask.ts';
import { ViewerDocument } from './operations.ts';

/** Answers, shared by all parts of a page; asked again where something happened. */
export const cache: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    // Whose token has expired is asked to sign in by the page as a whole, which goes by the viewer.
    onError: (error, { queryKey: [document] }) => {
      const viewer = ViewerDocument.toString();
      if (error instanceof NotSignedIn && document !== viewer)
        void cache.invalidateQueries({ queryKey: [viewer] });
    },
  }),
  defaultOptions: {
    queries: {
      // Whether the machine has a network says nothing of a server on the same machine.
      networkMode: 'always',
      staleTime: 5_000,
      retry: (count, error) => count < 2 && !(error instanceof ApiError || error instanceof NotSignedIn),
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
