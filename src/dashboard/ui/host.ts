/** Where a host shows what is in a repository. */
export interface Host {
  /** The repository itself. */
  readonly web: string;
  readonly commit: (sha: string) => string;
  readonly file: (sha: string, file: string, line: number) => string;
}

/** The web address of a repository at GitHub, GitLab or Gitea (Forgejo); null where the location is none, such as a folder. */
export function hostOf(location: string): Host | null {
  const web = webOf(location);
  if (web === null) return null;
  const { hostname } = new URL(web);
  const path = (file: string) => file.split('/').map(encodeURIComponent).join('/');
  if (hostname.includes('github'))
    return {
      web,
      commit: (sha) => `${web}/commit/${sha}`,
      file: (sha, file, line) => `${web}/blob/${sha}/${path(file)}#L${line}`,
    };
  if (hostname.includes('gitlab'))
    return {
      web,
      commit: (sha) => `${web}/-/commit/${sha}`,
      file: (sha, file, line) => `${web}/-/blob/${sha}/${path(file)}#L${line}`,
    };
  if (/gitea|forgejo|codeberg/.test(hostname))
    return {
      web,
      commit: (sha) => `${web}/commit/${sha}`,
      file: (sha, file, line) => `${web}/src/commit/${sha}/${path(file)}#L${line}`,
    };
  return null;
}

/** `https://…` or `ssh://…`, or `git@host:owner/name` as git has it; without what signs in, which is nothing to show. */
function webOf(location: string): string | null {
  const short = /^[\w.-]+@([\w.-]+):(?!\/)(.+)$/.exec(location);
  const found = short ?? /^(?:https|ssh):\/\/(?:[^@/]*@)?([\w.-]+)(?::\d+)?\/(.+)$/.exec(location);
  return found ? `https://${found[1]}/${found[2]?.replace(/(\.git)?\/?$/, '')}` : null;
}
