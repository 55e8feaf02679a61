import { checkAge, checkTransition } from '../../src/domain/workflow/check/history.js';
import { diffWorkflows } from '../../src/domain/workflow/diff/diff.js';
import { DEFAULT_POLICY } from '../../src/domain/workflow/document.js';
import { workflowAt } from '../support/play.js';

const launch = workflowAt('tests/fixtures/product-launch.yaml');

describe('what only the history tells', () => {
  it('is that a definition was left alone for longer than it says itself', () => {
    const touched = new Date('2026-01-05T12:00:00Z');
    expect(checkAge(launch, touched, '2026-04-05')).toEqual([]);
    expect(checkAge(launch, touched, '2026-04-06')).toMatchObject([
      {
        code: 'W_STALE',
        message: "'product-launch' was to be reviewed by 2026-04-05: it was last touched on 2026-01-05",
      },
    ]);
    expect(checkAge({ ...launch, reviewEvery: null }, touched, '2036-01-01')).toEqual([]);
  });

  it('is that too much changes at once for people to keep up', () => {
    const { changes } = diffWorkflows(
      workflowAt('tests/fixtures/diff/before.yaml'),
      workflowAt('tests/fixtures/diff/after.yaml'),
    );
    expect(checkTransition('spring-sale', changes, DEFAULT_POLICY)).toMatchObject([
      { code: 'W_BIG_BANG', message: expect.stringContaining('at once; people keep up with 5') as string },
    ]);
    const few = changes.filter(({ classification }) => classification !== 'none').slice(0, 5);
    const unnoticed = changes.filter(({ classification }) => classification === 'none');
    expect(checkTransition('spring-sale', [...few, ...unnoticed], DEFAULT_POLICY)).toEqual([]);
    const generous = {
      ...DEFAULT_POLICY,
      findings: { W_BIG_BANG: { severity: 'warning' as const, limits: { changes: 50 } } },
    };
    expect(checkTransition('spring-sale', changes, generous)).toEqual([]);
  });
});
