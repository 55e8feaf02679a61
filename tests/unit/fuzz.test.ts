import { readdirSync, readFileSync } from 'node:fs';
import { misreading, mutants } from '../../scripts/mutations.js';
import { type ParseCache, readDefinitions } from '../../src/gitops/document/read.js';

const TODAY = '2026-11-23';
const load = (path: string) => ({ path, text: readFileSync(path, 'utf8') });
const shipped = readdirSync('workflows')
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => load(`workflows/${name}`));
const beside = ['workflows/team.yaml', 'workflows/taxonomy.yaml'].map(load);

describe('a document with anything wrong in it', () => {
  it('is read to its end, and each finding names a place in it', () => {
    const cache: ParseCache = new Map();
    readDefinitions(beside, TODAY, cache);
    const texts = [...shipped, load('tests/fixtures/broken/bases/newsletter.yaml')].map(({ text }) => text);
    let read = 0;
    for (const text of mutants(1, texts)) {
      if ((read += 1) > 2_000) break;
      const file = { path: 'mutant.yaml', text };
      const others = read % 2 === 0 ? beside : [];
      const from = performance.now();
      const { problems } = readDefinitions([file, ...others], TODAY, new Map(cache));
      expect([read, misreading(file.path, text, problems)]).toEqual([read, null]);
      expect(performance.now() - from).toBeLessThan(2_000);
    }
  }, 60_000);
});
