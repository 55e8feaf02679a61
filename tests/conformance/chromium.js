import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Where a Chromium is: the one that CHROMIUM names, or one of the machine, or else Debian's, installed now.
 * @throws Error that says what to do, when there is none and it cannot be installed
 */
export function findChromium() {
  const found = [process.env.CHROMIUM, ...PLACES].find((place) => place && existsSync(place));
  if (found) return found;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error('there is no Chromium: install one, or give the path of one in CHROMIUM');
  }
  apt('update');
  apt('install', '--yes', '--no-install-recommends', 'chromium');
  return PLACES[0];
}

function apt(...given) {
  const { status } = spawnSync('apt-get', ['--quiet', ...given], {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) throw new Error(`apt-get ${given[0]} ended with ${status}`);
}
