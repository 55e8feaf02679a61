import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface Checkout {
  /** The home of whoever works in it; to be removed at the end. */
  readonly home: string;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** A checkout in which `npx weir` works, as after the set-up of the README. */
export function makeCheckout(name: string): Checkout {
  const home = mkdtempSync(path.join(os.tmpdir(), `weir-${name}-`));
  const folder = path.join(home, 'checkout');
  mkdirSync(folder);
  for (const part of ['package.json', 'dist', 'scripts', 'starter', 'node_modules'])
    symlinkSync(path.resolve(part), path.join(folder, part));
  const env = {
    ...{ PATH: process.env['PATH'], HOME: home },
    // npx takes the checkout that it stands in; nothing may come from elsewhere.
    ...{ npm_config_offline: 'true', npm_config_update_notifier: 'false' },
    ...{ GIT_AUTHOR_NAME: 'Ops', GIT_AUTHOR_EMAIL: 'ops@example.com' },
    ...{ GIT_COMMITTER_NAME: 'Ops', GIT_COMMITTER_EMAIL: 'ops@example.com' },
  };
  return { home, folder, env };
}
