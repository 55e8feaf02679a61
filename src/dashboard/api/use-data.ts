import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ask } from './ask.ts';
import { follow } from './live.ts';
import type { TypedDocumentString } from './operations.ts';

export interface DataOptions {
  /** Asked anew after so many seconds, where nothing tells of changes. */
  readonly everySeconds?: number;
  readonly enabled?: boolean;
}

/** The answer to a question, kept up to date; the one before stays until the next is there. */
export function useData<T, V>(
  document: TypedDocumentString<T, V>,
  variables: V,
  { everySeconds, enabled = true }: DataOptions = {},
): UseQueryResult<T> {
  return useQuery({
    queryKey: [document.toString(), variables],
    queryFn: ({ signal }) => ask(document, variables, { signal }),
    placeholderData: (before) => before,
    refetchInterval: everySeconds === undefined ? false : everySeconds * 1_000,
    enabled,
  });
}

/** Asks everything on the page anew whenever a subscription tells of something. */
export function useLive<T, V extends Record<string, unknown>>(
  document: TypedDocumentString<T, V>,
  variables: V,
): void {
  const client = useQueryClient();
  const asked = JSON.stringify(variables);
  useEffect(
    () => follow(document, JSON.parse(asked) as V, () => void client.invalidateQueries()),
    [document, asked, client],
  );
}

/** Why something was not done, and who can help. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly missing: readonly string[];
  readonly askRole: readonly string[];
  readonly rule: string | null;
}

export interface Act {
  /** @returns whether it was done */
  readonly act: <T extends { payload: { refusals: readonly Refusal[] } }, V>(
    document: TypedDocumentString<T, V>,
    variables: V,
  ) => Promise<boolean>;
  readonly refusals: readonly Refusal[];
  /** A fault, or no connection; nobody knows then whether it was done, and sending it again is safe. */
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly clear: () => void;
}

/** Sends changes under a key of their own, the same where one was not answered and is sent again; shows why they are refused, and asks everything anew once one is done. */
export function useAct(): Act {
  const client = useQueryClient();
  const [refusals, setRefusals] = useState<readonly Refusal[]>([]);
  const [error, setError] = useState<Error | null>(null);
  const [isPending, setPending] = useState(false);
  const unanswered = useRef<{ readonly asked: string; readonly key: string } | null>(null);
  const act: Act['act'] = useCallback(
    async (document, variables) => {
      const asked = JSON.stringify([document, variables]);
      const key = unanswered.current?.asked === asked ? unanswered.current.key : newKey();
      unanswered.current = { asked, key };
      setPending(true);
      setError(null);
      setRefusals([]);
      try {
        const { payload } = await ask(document, variables, { idempotencyKey: key });
        unanswered.current = null;
        setRefusals(payload.refusals);
        await client.invalidateQueries();
        return payload.refusals.length === 0;
      } catch (caught) {
        setError(caught as Error);
        return false;
      } finally {
        setPending(false);
      }
    },
    [client],
  );
  const clear = useCallback(() => {
    setRefusals([]);
    setError(null);
  }, []);
  return { act, refusals, error, isPending, clear };
}

/** Not `randomUUID`, which pages without TLS do not have. */
const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
