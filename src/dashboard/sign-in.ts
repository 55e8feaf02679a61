import { signIn } from './api.js';
import { el } from './dom.js';

/** Asks for a token, and goes on with it. @param why the one before was not taken; empty where there was none */
export function askForToken(page: HTMLElement, why: string, goOn: () => void): void {
  const field = el('input', { type: 'password', name: 'token', autocomplete: 'off', required: '' });
  const form = el('form', {}, el('label', {}, 'Token ', field), el('button', { type: 'submit' }, 'Sign in'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    signIn((field as HTMLInputElement).value.trim());
    goOn();
  });
  page.replaceChildren(
    el('h1', {}, 'Sign in'),
    el(
      'p',
      {},
      'This server asks who you are: an access token, or an API token made with weir token create.',
    ),
    why === '' ? '' : el('p', { role: 'alert' }, `The token was not taken: ${why}.`),
    form,
  );
}
