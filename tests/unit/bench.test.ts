import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const FILES = ['bench', 'bench/dashboard', 'bench/dashboard/peers', 'bench/sync'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .map((name) => path.join(folder, name)),
);

/** Modules of the product that a file imports by names, and these. */
const imported = (file: string): (readonly [module: string, names: readonly string[]])[] =>
  [...readFileSync(file, 'utf8').matchAll(/^import \{([^}]*)\} from '([^']*\/dist\/[^']*)'/gm)].map(
    ([, names = '', module = '']) => [
      path.resolve(path.dirname(file), module),
      names
        .split(',')
        .map((name) => name.trim().split(' as ')[0] ?? '')
        .filter((name) => name !== ''),
    ],
  );

describe('the benches', () => {
  it('find what they import of the product', async () => {
    const all = FILES.flatMap((file) => imported(file).map(([module, names]) => ({ file, module, names })));
    expect(all.length).toBeGreaterThan(30);
    const missing = await Promise.all(
      all.map(async ({ file, module, names }) => {
        const found = (await import(module)) as Record<string, unknown>;
        return names.filter((name) => !(name in found)).map((name) => `${file}: ${name}`);
      }),
    );
    expect(missing.flat()).toEqual([]);
  });
});
