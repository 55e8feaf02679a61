import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { hasIssuer, leaveForIssuer } from '../api/oidc.ts';
import { signIn } from '../api/session.ts';

/** Asks who one is: by an issuer of OpenID Connect where the server names one, else or besides by a token. */
export function SignIn({ why }: { why: string }) {
  const client = useQueryClient();
  const [token, setToken] = useState('');
  const [isOffered, setOffered] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    hasIssuer().then(setOffered, () => setOffered(false));
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn(token.trim());
    void client.resetQueries();
  };
  return (
    <section className="card" aria-labelledby="sign-in">
      <h1 id="sign-in">Sign in</h1>
      {why !== '' && (
        <p role="alert" className="notice bad">
          The token was not taken: {why}.
        </p>
      )}
      {trouble !== null && (
        <p role="alert" className="notice bad">
          The sign-in did not begin: {trouble}
        </p>
      )}
      {isOffered && (
        <p>
          <button
            type="button"
            onClick={() => leaveForIssuer().catch((error: unknown) => setTrouble(String(error)))}
          >
            Sign in with your organisation
          </button>
        </p>
      )}
      <p>
        {isOffered ? 'Or give a token' : 'This server asks who you are'}: an access token, or an API token
        made with <code>weir token create</code>.
      </p>
      <form onSubmit={submit}>
        <label>
          Token{' '}
          <input
            type="password"
            name="token"
            autoComplete="off"
            required
            value={token}
            onChange={(event) => setToken(event.target.value)}
          />
        </label>
        <button type="submit">Sign in</button>
      </form>
    </section>
  );
}
