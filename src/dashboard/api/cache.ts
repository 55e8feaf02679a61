import { QueryClient } from '@tanstack/react-query';
import { ApiError, NotSignedIn } from './ask.ts';

/** Answers, shared by all parts of a page; asked again where something happened. */
export const cache = new QueryClient({
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
