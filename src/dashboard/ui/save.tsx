import { useState } from 'react';
import { credentials } from '../api/session.ts';
import { Alert } from './parts.tsx';

export interface SaveProps {
  /** Where the server has it. */
  readonly path: string;
  /** What the file is called. */
  readonly name: string;
  readonly children: string;
}

/** Saves a file of the server; a link would not say who asks, where the server wants to know. */
export function Save({ path, name, children }: SaveProps) {
  const [problem, setProblem] = useState('');
  const [isPending, setPending] = useState(false);
  const save = async () => {
    setPending(true);
    setProblem(
      await fetched(path, name).catch((error: unknown) =>
        error instanceof Error ? error.message : String(error),
      ),
    );
    setPending(false);
  };
  return (
    <>
      <button type="button" disabled={isPending} onClick={() => void save()}>
        {children}
      </button>
      {problem !== '' && (
        <Alert>
          <p>{problem}</p>
        </Alert>
      )}
    </>
  );
}

/** @returns what is wrong; nothing where it was saved */
async function fetched(path: string, name: string): Promise<string> {
  const response = await fetch(path, { headers: credentials() }).catch(() => null);
  if (!response) return 'Weir cannot be reached';
  if (!response.ok) {
    const { errors } = (await response.json().catch(() => ({}))) as { errors?: { message: string }[] };
    return errors?.[0]?.message ?? `Weir answered ${response.status}`;
  }
  const address = URL.createObjectURL(await response.blob());
  Object.assign(document.createElement('a'), { href: address, download: name }).click();
  URL.revokeObjectURL(address);
  return '';
}
