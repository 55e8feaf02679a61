import { useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useEffect, useState } from 'react';
import { signIn } from '../api/session.ts';
import { IssuerButton, useIssuer } from '../ui/issuer-button.tsx';

export interface SignInProps {
  /** Why somebody is signed in no more; empty where they were not. */
  readonly why: string;
  /** Called when a token is given. */
  readonly onToken: () => void;
}

/** What a header can carry; blanks around it are taken off. */
const TOKEN = {
  pattern: '\\s*[!-~]+\\s*',
  title:
    'A token has no blank in its middle, and none but plain letters, digits and signs: one with … was shortened when it was copied.',
};

/** Asks who one is: by an issuer of OpenID Connect where the server names one, else or besides by a token. */
export function SignIn({ why, onToken }: SignInProps) {
  const client = useQueryClient();
  const [token, setToken] = useState('');
  const hasIssuer = useIssuer();
  useEffect(() => {
    document.title = 'Sign in · Weir';
  }, []);
  if (hasIssuer === null) return null;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onToken();
    signIn(token.trim());
    void client.resetQueries();
  };
  return (
    <section className="card sign-in" aria-labelledby="sign-in">
      <h1 id="sign-in">Sign in</h1>
      {why !== '' && (
        <p role="alert" className="notice bad">
          You are not signed in: {why}.
        </p>
      )}
      {hasIssuer && <IssuerButton>Sign in with your organisation</IssuerButton>}
      <p className="muted">
        {hasIssuer ? 'Or give a token' : 'This server asks who you are'}: an access token, or an API token
        made with <code>weir token create</code>.
      </p>
      <form className="stacked" onSubmit={submit}>
        <label>
          Token
          <input
            type="password"
            name="token"
            autoComplete="off"
            required
            pattern={TOKEN.pattern}
            title={TOKEN.title}
            value={token}
            onChange={(event) => setToken(event.target.value)}
          />
        </label>
        <button type="submit" className={hasIssuer ? undefined : 'first'}>
          Sign in{hasIssuer && ' with the token'}
        </button>
      </form>
    </section>
  );
}
