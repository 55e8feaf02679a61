import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { NotSignedIn, Unreachable } from '../api/ask.ts';
import { useAway } from '../api/away.ts';
import type { Act } from '../api/use-data.ts';
import { Contents } from './contents.tsx';
import { moment, words } from './format.ts';
import { IssuerButton } from './issuer-button.tsx';

export type Tone = 'good' | 'busy' | 'bad' | 'warn' | 'quiet';

/** A word with a colour; the word alone says what it is. */
export const Badge = ({ tone = 'quiet', children }: { tone?: Tone; children: ReactNode }) => (
  <span className={`badge ${tone}`}>{children}</span>
);

export interface PageProps {
  readonly title: string;
  /** What stands above the title, such as a way back. */
  readonly above?: ReactNode;
  readonly children: ReactNode;
}

/** A page with its one heading, which the window is named after. */
export function Page({ title, above, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Weir`;
  }, [title]);
  return (
    <>
      {above && <p className="above">{above}</p>}
      <h1>{title}</h1>
      <Contents />
      {children}
    </>
  );
}

export interface SectionProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
  readonly wide?: boolean;
}

/** A part of a page, which screen readers list by its heading. */
export function Section({ title, note, children, wide = false }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={wide ? 'card wide' : 'card'} tabIndex={-1}>
      <h2 id={id}>{title}</h2>
      {note && <p className="muted">{note}</p>}
      {children}
    </section>
  );
}

/** Nothing to show, said in words. */
export const Empty = ({ children }: { children: ReactNode }) => <p className="empty">{children}</p>;

export const Alert = ({ children, tone = 'bad' }: { children: ReactNode; tone?: 'bad' | 'warn' }) => (
  <div role="alert" className={`notice ${tone}`}>
    {children}
  </div>
);

/** What an answer looks like while it is awaited, where there is none, and where it is out of date. */
export function Loaded<T>({ of, children }: { of: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  const { data, error, isPending, dataUpdatedAt, refetch } = of;
  // Then one line says so for the whole page.
  const isAway = useAway() !== null;
  if (error instanceof NotSignedIn) return null;
  if (data === undefined)
    return isPending ? (
      <p role="status" className="loading">
        Loading …
      </p>
    ) : (
      <Alert>
        <p>{error?.message ?? 'There is no answer.'}</p>
        <button type="button" onClick={() => void refetch()}>
          Try again
        </button>
      </Alert>
    );
  return (
    <>
      {error && !(isAway && error instanceof Unreachable) && (
        <Alert tone="warn">
          <p>
            {error instanceof Unreachable
              ? 'Weir cannot be reached'
              : `This could not be brought up to date: ${error.message}`}
            . What you see is of {moment(new Date(dataUpdatedAt).toISOString())}.
          </p>
          <button type="button" onClick={() => void refetch()}>
            Try again
          </button>
        </Alert>
      )}
      {children(data)}
    </>
  );
}

/** Why what was asked for was not done, as the API says it: the rule, what is missing, and who can give it. */
export function Refusals({ of: { refusals, error, clear } }: { of: Act }) {
  const place = useRef<HTMLDivElement>(null);
  // What was pressed may stand far below, and may be gone: who has only a keyboard goes on from here.
  useEffect(() => {
    place.current?.focus({ preventScroll: true });
    place.current?.scrollIntoView({ block: 'nearest' });
  }, [refusals, error]);
  if (error)
    return (
      <div role="alert" className="notice bad" ref={place} tabIndex={-1}>
        <p>{error.message}</p>
      </div>
    );
  if (refusals.length === 0) return null;
  return (
    <div role="alert" className="notice bad refusals" ref={place} tabIndex={-1}>
      {refusals.map(({ code, message, rule, missing, askRole }, at) => (
        <div key={at}>
          <p>
            <strong>{message}</strong> <Badge tone="bad">{words(code)}</Badge>
          </p>
          {rule !== null && <p>Rule: {rule}</p>}
          {missing.length > 0 && <p>Missing: {missing.join(', ')}</p>}
          {askRole.length > 0 && <p>Ask: {askRole.join(', ')}</p>}
          {code === 'AUTHENTICATION_TOO_OLD' && <IssuerButton anew>Sign in again</IssuerButton>}
        </div>
      ))}
      <button type="button" onClick={clear}>
        Close
      </button>
    </div>
  );
}
