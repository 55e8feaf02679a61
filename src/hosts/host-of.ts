import type { PullRequestHost } from '../application/pull-requests.js';
import { GitHubHost } from './github.js';
import { GitLabHost } from './gitlab.js';

export interface HostTokens {
  readonly github: string | null;
  readonly gitlab: string | null;
}

/**
 * The host of a repository's pull requests, by its URL; null for a repository on disk, and where there is no token for it.
 * A server of one's own is taken for what its name says, else for what there is a token for.
 */
export function hostOf(location: string, { github, gitlab }: HostTokens): PullRequestHost | null {
  if (!/^https?:\/\//.test(location) || !URL.canParse(location)) return null;
  const { hostname, origin, pathname } = new URL(location);
  const project = decodeURIComponent(pathname)
    .replace(/^\/+|\/+$/g, '')
    .replace(/\.git$/, '');
  const [owner = '', repo] = project.split('/');
  if (repo === undefined) return null;
  const named = /gitlab/i.test(hostname) ? 'gitlab' : /github|\.ghe\.com$/i.test(hostname) ? 'github' : null;
  if (github !== null && named !== 'gitlab')
    return new GitHubHost({ api: apiOf(origin, hostname), web: origin, owner, repo, token: github });
  if (gitlab !== null && named !== 'github') return new GitLabHost({ web: origin, project, token: gitlab });
  return null;
}

function apiOf(origin: string, hostname: string): string {
  if (hostname === 'github.com' || hostname === 'www.github.com') return 'https://api.github.com';
  return hostname.endsWith('.ghe.com') ? `https://api.${hostname}` : `${origin}/api/v3`;
}
