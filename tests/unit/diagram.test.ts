import { readFileSync } from 'node:fs';
import { instance } from '@viz-js/viz';
import { DIAGRAM_FORMATS, TooLargeToDraw, drawDiagram } from '../../src/application/draw-diagram.js';
import { stepsOf } from '../../src/domain/workflow/steps.js';
import type { Step, Workflow } from '../../src/domain/workflow/workflow.js';
import { parseMermaid, parseSvg, titlesOf, wordsOf, workflowOf } from '../support/drawings.js';

const FOLDER = 'tests/fixtures/diagrams';
const HYBRID = workflowOf('tests/fixtures/product-launch.yaml');
const FILES = {
  linear: `${FOLDER}/linear.yaml`,
  parallel: `${FOLDER}/parallel.yaml`,
  'hub-and-spoke': `${FOLDER}/hub-and-spoke.yaml`,
  hybrid: 'tests/fixtures/product-launch.yaml',
  'sixty-steps': `${FOLDER}/sixty-steps.yaml`,
} as const;

const svgOf = async (workflow: Workflow) => parseSvg(await drawDiagram(workflow, 'svg'));
const sizeOf = (svg: Document) =>
  ['width', 'height'].map((side) => parseFloat(svg.documentElement.getAttribute(side) ?? ''));
/** A workflow of one section with as many steps, each like the first of the example. */
function line(
  length: number,
  change: (step: Step, position: number) => Partial<Step> = () => ({}),
): Workflow {
  const [model] = stepsOf(HYBRID);
  if (!model) throw new Error('the example has no steps');
  const steps = Array.from({ length }, (_, position) => {
    const step: Step = { ...model, key: `s${position}`, name: `Step ${position}`, kind: 'task' };
    return { ...step, ...change(step, position) };
  });
  const section = { key: 'all', after: [], gates: [], checkpoints: [], tool: null };
  return {
    ...HYBRID,
    sections: [{ ...section, model: 'linear', steps }],
    handoffs: [],
    rules: [],
    sequence: [],
  };
}

describe('a diagram', () => {
  it.each(['linear', 'parallel', 'hub-and-spoke', 'hybrid'] as const)(
    'of a %s workflow reads as before',
    async (model) => {
      const workflow = workflowOf(FILES[model]);
      const golden = (ending: string) => readFileSync(`${FOLDER}/${model}.${ending}`, 'utf8');
      expect(await drawDiagram(workflow, 'mermaid')).toBe(golden('mmd'));
      expect(await drawDiagram(workflow, 'dot')).toBe(golden('dot'));
    },
  );

  it.each(Object.entries(FILES))(
    'of %s has every step, gate and hand-off once, in its lane',
    async (_, file) => {
      const workflow = workflowOf(file);
      const svg = await svgOf(workflow);
      const names = [
        ...stepsOf(workflow).map(({ name }) => name),
        ...workflow.sections.flatMap(({ gates }) => gates.map(({ key }) => key)),
        ...workflow.handoffs.map(({ from, to }) => `${from} → ${to}`),
      ];
      const titles = titlesOf(svg, 'node');
      expect(names.map((name) => [name, titles.filter((title) => title === name).length])).toEqual(
        names.map((name) => [name, 1]),
      );
      for (const name of names) expect(wordsOf(svg, name)).toContain(name);
      const lanes = workflow.sections.flatMap((section) => {
        if (section.model === 'linear') return [];
        return section.model === 'parallel'
          ? section.lanes.map(({ key }) => `${key} · lane`)
          : ['hub', ...section.spokes.map(({ key }) => `${key} · spoke`)];
      });
      const sections = workflow.sections.map(({ key, model }) => `${key} · ${model}`);
      const triggers = workflow.triggers.length > 0 ? ['triggers · while channels are live'] : [];
      expect(titlesOf(svg, 'cluster').sort()).toEqual([...sections, ...lanes, ...triggers].sort());
      const { groups } = await parseMermaid(await drawDiagram(workflow, 'mermaid'));
      expect(groups.map(({ title }) => title).sort()).toEqual([...sections, ...lanes, ...triggers].sort());
    },
  );

  it('says who does a step, how long it takes, and when it happens', async () => {
    const svg = await svgOf(workflowOf(FILES.linear));
    expect(wordsOf(svg, 'Review the copy')).toBe('REVIEW Review the copy brand, legal · 4 h');
    expect(wordsOf(svg, 'Write it in-house')).toBe('Write it in-house email-lead · 2 d (1–4 d)');
    expect(wordsOf(svg, 'Legal approves')).toBe(
      "APPROVAL Legal approves legal · 2 d only if campaign.risk != 'low'",
    );
    expect(wordsOf(svg, 'Read the proof')).toBe('Read the proof copywriter · 90 min optional');
    expect(wordsOf(svg, 'Send it')).toContain(
      "LAUNCH: EMAIL Send it email-lead · 1 h blocked until campaign.risk == 'low' || approved('copy')",
    );
    expect(wordsOf(svg, 'make → go-live')).toBe('HAND-OFF make → go-live copy answer within 8 h');
    expect(wordsOf(await svgOf(HYBRID), 'integration-review')).toBe(
      'GATE integration-review message-consistency ≥ 0.9 timing-spread ≤ 2 h audience-overlap ≥ 0.6 by campaign-manager',
    );
  });

  it('shows choices, forks, rework, order across lanes and rules as arrows', async () => {
    const arrows = async (file: string) => {
      const { edges } = await parseMermaid(await drawDiagram(workflowOf(file), 'mermaid'));
      return edges.map(({ from, to, text }) => [from, text, to].filter((part) => part !== '').join(' > '));
    };
    expect(await arrows(FILES.linear)).toEqual(
      expect.arrayContaining([
        'choice_writing > 75 % > step_write',
        'choice_writing > 25 %, if campaign.budget > 5000.0 > step_order',
        'step_order > merge_writing',
        'step_review > rejected (20 %), at most 2× > step_revise',
        'step_revise > choice_writing',
        'fork_legal > step_proof',
        'step_proof > join_legal',
        'step_send > 20 h to 4 d later > step_post',
      ]),
    );
    const across = await arrows(FILES.parallel);
    expect(across).toEqual(expect.arrayContaining(['step_page > step_links', 'step_page_live > step_send']));
    // A gate that only tells stands aside: nothing comes after it.
    expect(across).toContain('step_page > gate_half_way');
    expect(across.filter((arrow) => arrow.startsWith('gate_half_way'))).toEqual([]);
    // The hub runs before the spokes, so that needing it is said already.
    expect(
      (await arrows(FILES.hybrid)).filter((arrow) => arrow === 'step_framework > step_booth'),
    ).toHaveLength(1);
  });

  it.each(DIAGRAM_FORMATS)('as %s is the same every time', async (format) => {
    expect(await drawDiagram(workflowOf(FILES.parallel), format)).toBe(
      await drawDiagram(workflowOf(FILES.parallel), format),
    );
  });

  it('as SVG stands alone and tells what it shows to those who hear it', async () => {
    const text = await drawDiagram(HYBRID, 'svg');
    const svg = parseSvg(text).documentElement;
    expect(text).not.toMatch(/<!DOCTYPE|<!--|<script|<style|href|<image|url\(/i);
    expect([...text.matchAll(/https?:[^"]*/g)].map(String)).toEqual(['http://www.w3.org/2000/svg']);
    expect([svg.getAttribute('role'), svg.getAttribute('aria-labelledby')]).toEqual([
      'img',
      'title description',
    ]);
    expect(svg.querySelector('#title')?.textContent).toBe('Product launch');
    expect(svg.querySelector('#description')?.textContent).toContain(
      'email · spoke: Email copy; Email review; Revise email',
    );
    expect(svg.querySelector('g > polygon')?.getAttribute('fill')).toBe('white');
    expect(svg.querySelector('text')?.getAttribute('font-family')).toMatch(/sans-serif$/);
    // As wide as its box expects, in whatever font.
    const texts = [...svg.querySelectorAll('text')].map((each) => each.getAttribute('textLength'));
    expect(texts.filter((width) => !(Number(width) > 0))).toEqual([]);
  });

  it.each([
    ['sixty steps over all models', workflowOf(FILES['sixty-steps'])],
    ['sixty steps in a line', line(60)],
    ['four hundred steps in a line', line(400)],
  ])('is no strip with %s', async (_, workflow) => {
    const [width = 0, height = 0] = sizeOf(await svgOf(workflow));
    expect(width / height).toBeGreaterThan(0.5);
    expect(width / height).toBeLessThan(2.5);
    expect(Math.max(width, height)).toBeLessThan(4_000);
  });

  it('is refused as a picture beyond what is laid out in time, and written as text all the same', async () => {
    const tooLong = line(2_000);
    await expect(drawDiagram(tooLong, 'svg')).rejects.toThrow(TooLargeToDraw);
    const tooTangled = line(200, (_, position) => ({
      rework: null,
      needs: position > 198 ? [] : [`s${position + 1}`],
    }));
    await expect(drawDiagram(tooTangled, 'svg')).rejects.toThrow('ask for mermaid or dot');
    expect((await drawDiagram(tooLong, 'mermaid')).split(' --> ').length).toBe(2_002);
    expect(await drawDiagram(tooLong, 'dot')).toContain('step_s1999');
  });
});

/** What is meant to break out of its quotes, tags, lines or cells. */
const NASTY = [
  '<script>alert(1)</script>',
  '"]; x [label="y',
  '"] --> evil["gotcha"]',
  '%%{init: {"theme": "dark"}}%%',
  '</TD></TR></TABLE>> evil <<TABLE>',
  '&lt;b&gt; &amp; #quot; #35; &#x3c;',
  'back\\slash\\" \\N \\l',
  '`code` *bold* _under_ ~strike~',
  '1. first',
  '- item',
  'subgraph x\nend\n---\nclick evil "javascript:alert(1)"',
  ']]> }} )) /] --> x',
  'Tom & "Jerry" <3 \'quoted\'',
  '🚀 Start 👩‍💻 日本語のとても長い名前がここにあります',
  'שלום עולם مرحبا',
  'null\u0000bell\u0007 bidi\u202Eesrever lone\uD800',
  'x'.repeat(200),
  'many words '.repeat(18),
] as const;

describe.each(NASTY)('a name like %j', (name) => {
  const plain = workflowOf(FILES.linear);
  const [section] = plain.sections;
  if (section?.model !== 'linear') throw new Error('the first section is linear');
  const [first, ...rest] = section.steps;
  if (first?.type !== 'step') throw new Error('the first block is a step');
  const step: Step = { ...first, name, responsible: [name], when: name };
  const workflow: Workflow = {
    ...plain,
    ...{ name, handoffs: plain.handoffs.map((each) => ({ ...each, payload: [name], meeting: name })) },
    sections: [{ ...section, steps: [step, ...rest] }, ...plain.sections.slice(1)],
  };
  /** As it may be shown: on one line, without signs that no text of XML has. */
  const shown = name
    .replaceAll(/[\u0000\u0007\u202E\uD800]/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

  it('stays a name in Mermaid', async () => {
    const [honest, nasty] = [
      await parseMermaid(await drawDiagram(plain, 'mermaid')),
      await parseMermaid(await drawDiagram(workflow, 'mermaid')),
    ];
    expect([...nasty.nodes.keys()]).toEqual([...honest.nodes.keys()]);
    expect(nasty.edges.length).toBe(honest.edges.length);
    expect(nasty.groups).toEqual(honest.groups);
    expect(nasty.nodes.get('step_brief')?.replaceAll('<br>', '<br/>')).toBe(
      `BRIEF<br/>${shown}<br/>${shown} · 1 d<br/>only if ${shown}`,
    );
    expect(nasty.title).toBe(shown);
  });

  it('stays a name in DOT', async () => {
    const viz = await instance();
    const read = async (of: Workflow) =>
      viz.renderJSON(await drawDiagram(of, 'dot')) as { objects: { name: string }[]; edges: unknown[] };
    const [honest, nasty] = [await read(plain), await read(workflow)];
    expect(nasty.objects.map((each) => each.name)).toEqual(honest.objects.map((each) => each.name));
    expect(nasty.edges.length).toBe(honest.edges.length);
  });

  it('stays a name in SVG', async () => {
    const [honest, nasty] = [await svgOf(plain), await svgOf(workflow)];
    const elements = (svg: Document) =>
      [...new Set([...svg.querySelectorAll('*')].map(({ tagName }) => tagName))].sort();
    expect(elements(nasty)).toEqual(elements(honest));
    const attributes = [...nasty.querySelectorAll('*')].flatMap((each) => each.getAttributeNames());
    expect(attributes.filter((attribute) => /^on|href|style/.test(attribute))).toEqual([]);
    expect(nasty.querySelector('#title')?.textContent).toBe(shown);
    expect(titlesOf(nasty, 'node')).toContain(shown);
    // Long names are wrapped, and cut after four lines.
    const begin = shown.replaceAll(' ', '').slice(0, 40);
    expect(wordsOf(nasty, shown).replaceAll(' ', '')).toContain(begin);
    const [width = 0] = sizeOf(nasty);
    expect(width).toBeLessThan((sizeOf(honest)[0] ?? 0) + 120);
  });
});
