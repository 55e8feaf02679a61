import { NotSignedIn } from './api.js';
import { campaign } from './campaign.js';
import { el } from './dom.js';
import { portfolio } from './portfolio.js';
import { askForToken } from './sign-in.js';
import { workflow, workflows } from './workflows.js';

const page = document.getElementById('page') ?? document.body;

/** Shows the page that the address names. */
async function route(): Promise<void> {
  const [, section = '', key = ''] = location.hash.split('/');
  try {
    if (section === 'campaigns' && key !== '') await campaign(page, decodeURIComponent(key));
    else if (section === 'workflows' && key !== '') await workflow(page, decodeURIComponent(key));
    else if (section === 'workflows') await workflows(page);
    else await portfolio(page);
    document.title = `${page.querySelector('h1')?.textContent ?? 'Weir'} · Weir`;
  } catch (error) {
    if (error instanceof NotSignedIn) {
      askForToken(page, error.message, () => void route());
      return;
    }
    page.replaceChildren(
      el('h1', {}, 'This did not work'),
      el('p', {}, error instanceof Error ? error.message : String(error)),
    );
  }
}

addEventListener('hashchange', () => {
  void route().then(() => {
    page.focus();
  });
});
void route();
