// The pictures of the README, made from the example repository:  npm run pictures
// Or every page in both themes and three widths, to be looked at:  npm run pictures -- FOLDER
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { findChromium } from './chromium.js';

const root = path.resolve(import.meta.dirname, '../..');
const [folder] = process.argv.slice(2);
const running = '/campaigns/folding-bike';

/** Of the README: [file, page, height]. */
const README = [
  ['portfolio', '/', 900],
  ['campaign', running, 1100],
  ['diff', '/workflows/quarterly-b2b-launch/diff?from=7&to=8', 1000],
];

/** Of every page: [file, page]. */
const PAGES = [
  ['portfolio', '/'],
  ['campaign', running],
  ['workflows', '/workflows'],
  ['workflow', '/workflows/quarterly-b2b-launch'],
  ['workflow-diff', '/workflows/quarterly-b2b-launch/diff?from=1&to=8'],
  ['plan', '/plan'],
  ['reviews', '/reviews'],
  ['review', '/reviews/2026-Q3'],
  ['retrospectives', '/retrospectives'],
  ['retrospective', '/retrospectives/role-dashboards'],
  ['audit', '/audit'],
  ['sync', '/sync'],
];

const home = mkdtempSync(path.join(tmpdir(), 'weir-pictures-'));
const server = spawn(process.execPath, [path.join(root, 'dist/main.js'), 'serve'], {
  cwd: home,
  env: { ...process.env, PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const stopped = new Promise((resolve) => server.on('exit', resolve));
try {
  const address = await addressOf(server);
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  });
  const take = async (file, place, { width, height, scheme, whole }) => {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme });
    await page.goto(`${address}#${place}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.waitForFunction(() => !document.querySelector('main').textContent.includes('Loading …'));
    await page.screenshot({ path: file, fullPage: whole });
    await page.close();
    console.log(file);
  };
  if (folder === undefined) {
    for (const [name, place, height] of README) {
      const file = path.join(root, `docs/images/${name}.png`);
      await take(file, place, { width: 1280, height, scheme: 'light', whole: false });
    }
  } else {
    mkdirSync(folder, { recursive: true });
    for (const scheme of ['light', 'dark']) {
      for (const width of [360, 1280, 3840]) {
        for (const [name, place] of PAGES) {
          const file = path.join(folder, `${name}-${width}-${scheme}.png`);
          await take(file, place, { width, height: Math.round(width * 0.7) + 300, scheme, whole: true });
        }
      }
    }
  }
  await browser.close();
} finally {
  server.kill('SIGTERM');
  await stopped;
  rmSync(home, { recursive: true, force: true });
}

/** Where a server that has just been started listens, once it says that it is ready. */
async function addressOf(child) {
  for await (const line of createInterface({ input: child.stdout })) {
    const [found] = /http:\/\/[^ ]+\/(?= )/.exec(line) ?? [];
    if (found !== undefined) {
      child.stdout.resume();
      return found;
    }
  }
  throw new Error('the server ended before it was ready');
}
