import { GitHubHost } from '../../src/hosts/github.js';
import { GitLabHost } from '../../src/hosts/gitlab.js';
import { hostOf } from '../../src/hosts/host-of.js';

const [github, gitlab] = ['one', 'other'];

describe('the host of a repository', () => {
  it.each([
    [
      'https://github.com/acme/campaigns.git',
      'https://github.com/acme/campaigns/blob/abc/workflows/a%20b.yaml#L3',
    ],
    [
      'https://user:secret@code.example.com/acme/campaigns',
      'https://code.example.com/acme/campaigns/blob/abc/',
    ],
    ['https://github.example.com/acme/campaigns/', 'https://github.example.com/acme/campaigns/blob/abc/'],
  ])('is GitHub for %s with its token', (url, link) => {
    const host = hostOf(url, { github, gitlab: null });
    expect(host).toBeInstanceOf(GitHubHost);
    expect(host?.linkTo('abc', 'workflows/a b.yaml', 3)).toContain(link);
  });

  it.each([
    [
      'https://gitlab.com/acme/marketing/campaigns.git',
      'https://gitlab.com/acme/marketing/campaigns/-/blob/abc/',
    ],
    ['https://code.example.com/acme/campaigns', 'https://code.example.com/acme/campaigns/-/blob/abc/'],
    [
      'http://gitlab.example.com:8080/acme/campaigns',
      'http://gitlab.example.com:8080/acme/campaigns/-/blob/abc/',
    ],
  ])('is GitLab for %s with its token', (url, link) => {
    const host = hostOf(url, { github: null, gitlab });
    expect(host).toBeInstanceOf(GitLabHost);
    expect(host?.linkTo('abc', 'a.yaml', 3)).toContain(link);
  });

  it('is what the name of the server says where there are both tokens', () => {
    expect(hostOf('https://gitlab.example.com/a/b', { github, gitlab })).toBeInstanceOf(GitLabHost);
    expect(hostOf('https://github.example.com/a/b', { github, gitlab })).toBeInstanceOf(GitHubHost);
  });

  it('is none without its token, on disk, and where the URL names no project', () => {
    expect(hostOf('https://github.com/a/b', { github: null, gitlab })).toBeNull();
    expect(hostOf('https://gitlab.com/a/b', { github, gitlab: null })).toBeNull();
    expect(hostOf('/srv/campaigns', { github, gitlab })).toBeNull();
    expect(hostOf('https://github.com/a', { github, gitlab })).toBeNull();
  });
});
