import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { drawDiagram } from '../../src/application/draw-diagram.js';
import { draw } from '../../src/domain/workflow/diagram/draw.js';
import { markChanges } from '../../src/domain/workflow/diagram/marks.js';
import { overlay } from '../../src/domain/workflow/diagram/overlay.js';
import type { Section, Workflow } from '../../src/domain/workflow/workflow.js';
import { parseMermaid, parseSvg, titlesOf, wordsOf, workflowOf } from '../support/drawings.js';

const FOLDER = 'tests/fixtures/diagrams';
const [BEFORE, AFTER] = [workflowOf(`${FOLDER}/linear.yaml`), workflowOf(`${FOLDER}/linear-newer.yaml`)];
const compare = (before: Workflow, after: Workflow) =>
  overlay(draw(before), draw(after), markChanges(before, after));

describe('the marks of a comparison', () => {
  it('name what was added, removed and changed, and which fields', () => {
    expect(Object.fromEntries(markChanges(BEFORE, AFTER))).toEqual({
      'step proof': { kind: 'removed' },
      'step outline': { kind: 'added' },
      'step brand': { kind: 'added' },
      'step brief': { kind: 'changed', fields: ['effort'] },
      'handoff make-to-go-live': { kind: 'changed', fields: ['respondWithin'] },
      'rule approved-before-sent': { kind: 'changed', fields: ['until'] },
      workflow: { kind: 'changed', fields: ['steward'] },
      'branch of write': { kind: 'changed', fields: ['weight'] },
      'branch of proof': { kind: 'removed' },
      'branch of brand': { kind: 'added' },
    });
  });

  it('say that a step which stands elsewhere has moved', () => {
    const before = workflowOf(`${FOLDER}/hub-and-spoke.yaml`);
    const moved = before.sections.map((section): Section => {
      if (section.model !== 'hub-and-spoke') return section;
      const [email, social, ...others] = section.spokes;
      if (!email || !social) throw new Error('two spokes are needed');
      const both = { ...social, steps: [...social.steps, ...email.steps] };
      return { ...section, spokes: [both, ...others] };
    });
    const marks = markChanges(before, { ...before, sections: moved });
    expect(marks.get('step email')).toEqual({ kind: 'changed', fields: ['place'] });
    expect(marks.get('lane creative/email')).toEqual({ kind: 'removed' });
  });

  it('are none between equal versions, and mirrored when the versions change places', () => {
    const files = ['linear', 'linear-newer', 'parallel', 'hub-and-spoke', 'sixty-steps'];
    const any = fc.constantFrom(...files.map((file) => workflowOf(`${FOLDER}/${file}.yaml`)));
    fc.assert(
      fc.property(any, any, (one, other) => {
        expect(markChanges(one, one).size).toBe(0);
        const [forth, back] = [markChanges(one, other), markChanges(other, one)];
        const mirrored = { added: 'removed', removed: 'added', changed: 'changed' } as const;
        expect([...forth.keys()].sort()).toEqual([...back.keys()].sort());
        for (const [element, { kind }] of forth) expect(back.get(element)?.kind).toBe(mirrored[kind]);
        const shapes = compare(one, other).nodes.map(({ id }) => id);
        expect([...shapes].sort()).toEqual(
          compare(other, one)
            .nodes.map(({ id }) => id)
            .sort(),
        );
      }),
    );
  });
});

describe('the diagram of a comparison', () => {
  it('reads as before', async () => {
    expect(await drawDiagram(AFTER, 'mermaid', BEFORE)).toBe(readFileSync(`${FOLDER}/changes.mmd`, 'utf8'));
    expect(await drawDiagram(AFTER, 'dot', BEFORE)).toBe(readFileSync(`${FOLDER}/changes.dot`, 'utf8'));
  });

  it('marks parts by a sign and in words, and keeps what was removed where it stood', async () => {
    const svg = parseSvg(await drawDiagram(AFTER, 'svg', BEFORE));
    expect(wordsOf(svg, 'Outline it')).toBe('+ Outline it copywriter · 2 h');
    expect(wordsOf(svg, 'Write the brief')).toBe(
      'BRIEF ~ Write the brief campaign-manager · 2 d changed: effort',
    );
    expect(wordsOf(svg, 'Read the proof')).toBe('− Read the proof copywriter · 90 min optional');
    expect(wordsOf(svg, 'Send it')).toContain('changed: rules');
    expect(wordsOf(svg, 'Look back')).toBe('RETROSPECTIVE Look back campaign-manager · 2 h');
    expect(svg.querySelectorAll('text:not([textLength])')).toHaveLength(0);
    const legend = svg.querySelector('g.graph')?.textContent ?? '';
    for (const words of ['+ added', '− removed', '~ changed', 'unchanged', '~ workflow: steward'])
      expect(legend).toContain(words);
    const { edges, groups } = await parseMermaid(await drawDiagram(AFTER, 'mermaid', BEFORE));
    expect(groups.find(({ id }) => id === 'section_make')?.nodes).toContain('step_proof');
    expect(edges).toEqual(
      expect.arrayContaining([
        { from: 'fork_legal', to: 'step_proof', text: '' },
        { from: 'step_proof', to: 'join_legal', text: '' },
        { from: 'choice_writing', to: 'step_write', text: '~ was 75 %' },
      ]),
    );
  });

  it('marks an order that is new or gone, and not one that follows from it', () => {
    const swapped: Workflow = {
      ...BEFORE,
      sequence: [],
      sections: BEFORE.sections.map((section): Section => {
        if (section.key !== 'go-live' || section.model !== 'linear') return section;
        const [send, post, ...others] = section.steps;
        return send && post ? { ...section, steps: [post, send, ...others] } : section;
      }),
    };
    const news = compare(BEFORE, swapped).arrows.filter(({ mark }) => mark !== null);
    expect(news.map(({ from, to, mark, label }) => [from, to, mark?.kind, label])).toEqual([
      ['step_post', 'step_send', 'added', '+ '],
      ['step_send', 'step_post', 'removed', '− 20\u00A0h to 4\u00A0d later'],
    ]);
    const inserted = compare(BEFORE, AFTER).arrows.filter(
      ({ from, to }) => from === 'step_brief' || to === 'choice_writing',
    );
    expect(inserted.map(({ from, to, mark }) => [from, to, mark?.kind])).toEqual([
      ['step_revise', 'choice_writing', undefined],
      ['step_brief', 'step_outline', 'added'],
      ['step_outline', 'choice_writing', 'added'],
    ]);
  });

  it('of workflows that have nothing in common is drawn in full', async () => {
    const [one, other] = [workflowOf(`${FOLDER}/parallel.yaml`), workflowOf(`${FOLDER}/sixty-steps.yaml`)];
    const svg = parseSvg(await drawDiagram(other, 'svg', one));
    expect(titlesOf(svg, 'node')).toEqual(
      expect.arrayContaining(['Put the page live', 'Interview customers']),
    );
  });
});
