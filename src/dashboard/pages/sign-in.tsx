import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { signIn } from '../api/session.ts';

/** Asks for a token, and goes on with it. */
export function SignIn({ why }: { why: string }) {
  const client = useQueryClient();
  const [token, setToken] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn(token.trim());
    void client.resetQueries();
  };
  return (
    <section className="card" aria-labelledby="sign-in">
      <h2 id="sign-in">Sign in</h2>
      <p>This server asks who you are: an access token, or an API token made with weir token create.</p>
      {why !== '' && (
        <p role="alert" className="notice bad">
          The token was not taken: {why}.
        </p>
      )}
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
