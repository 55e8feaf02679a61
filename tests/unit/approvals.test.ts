import { approvalState, askedRoles, itemsOf } from '../../src/application/approvals.js';
import { renderPlan } from '../../src/application/render-plan.js';
import { hasherOf } from '../../src/application/change-hash.js';
import { diffWorkflows } from '../../src/domain/workflow/diff/diff.js';
import { diffed } from '../support/plan.js';
import { definitionsOf, linear, step } from '../support/definitions.js';

const workflow = (...steps: string[]) =>
  definitionsOf(linear(...steps.map((id) => (id.startsWith('{') ? id : step(id, 'P1D'))))).workflow;

/** What a change to these steps consists of: sentences and hashes. */
function hashes(before: string[], after: string[]): Map<string, string> {
  const [old, now] = [workflow(...before), workflow(...after)];
  const hashOf = hasherOf('flow', now);
  return new Map(
    diffWorkflows(old, now).changes.map((change) => [change.summary.split(',')[0] ?? '', hashOf(change)]),
  );
}
const of = (found: Map<string, string>, summary: string) => {
  const hash = found.get(summary);
  if (hash === undefined) throw new Error(`no '${summary}' among ${[...found.keys()].join('; ')}`);
  return hash;
};

describe('the hash of a change', () => {
  const NEW = "step 'x' added to section 'main'";

  it('is that of its meaning: other changes leave it alone', () => {
    const alone = hashes(['a', 'b', 'c'], ['a', 'b', 'x', 'c']);
    const more = hashes(['a', 'b', 'c'], ['y', 'a', 'b', 'x', step('c', 'P9D')]);
    expect(of(more, NEW)).toBe(of(alone, NEW));
  });

  it('is another where a new part stands elsewhere, or says something else', () => {
    const [here, there] = [hashes(['a', 'b'], ['a', 'x', 'b']), hashes(['a', 'b'], ['a', 'b', 'x'])];
    const other = hashes(['a', 'b'], ['a', step('x', 'P2D'), 'b']);
    const swapped = hashes(['a', 'b'], ['a', 'y', 'x', 'b']);
    const found = [here, there, other, swapped].map((each) => of(each, NEW));
    expect(new Set(found).size).toBe(4);
  });

  it('tells one order from another', () => {
    const one = hashes(['a', 'b', 'c', 'd'], ['d', 'c', 'b', 'a']);
    const other = hashes(['a', 'b', 'c', 'd'], ['c', 'd', 'a', 'b']);
    expect([...one.values()]).not.toEqual([...other.values()]);
  });

  it('tells one workflow from another', () => {
    const [change] = diffWorkflows(workflow('a'), workflow(step('a', 'P2D'))).changes;
    if (!change) throw new Error('nothing differs');
    expect(hasherOf('one', null)(change)).not.toBe(hasherOf('other', null)(change));
  });
});

describe('who has to approve', () => {
  const TEAM =
    'apiVersion: weir/v1\nkind: Team\nid: team\nroles: [{ id: ops }, { id: brand }, { id: legal }]\n';
  const before = linear(
    step('brief', 'P1D', 'kind: brief'),
    step('copy', 'P1D'),
    step('look-back', 'P1D', 'kind: retrospective'),
  );
  const plan = (after: string | null, more: Record<string, string> = {}) =>
    diffed(
      { 'workflows/team.yaml': TEAM, 'workflows/flow.yaml': before },
      { 'workflows/flow.yaml': after, ...more },
    );

  it('is whoever becomes or stops being accountable, about that alone', async () => {
    const found = await plan(
      before.replace(
        'id: copy, responsible: ops, accountable: ops, effort: P1D',
        'id: copy, responsible: ops, accountable: brand, effort: P2D',
      ),
    );
    const [owner] = itemsOf(found).filter(({ summary }) => summary.includes('accountable'));
    expect(askedRoles(found)).toEqual([
      { role: 'brand', reasons: ["becomes accountable for 'copy' of 'flow'"], items: new Set([owner?.hash]) },
      {
        role: 'ops',
        reasons: ["stops being accountable for 'copy' of 'flow'"],
        items: new Set([owner?.hash]),
      },
    ]);
  });

  it('is as many as the quorum says', async () => {
    const asked = (quorum: string) =>
      before.replace(
        '      - { id: look-back',
        `      - { id: check, kind: approval, responsible: [legal, brand, ops], accountable: ops, effort: P1D${quorum} }\n      - { id: look-back`,
      );
    const said = async (from: string, to: string) => {
      const found = await diffed(
        { 'workflows/team.yaml': TEAM, 'workflows/flow.yaml': from },
        { 'workflows/flow.yaml': to },
      );
      return found.workflows.flatMap(({ approvals }) => approvals.map(({ summary }) => summary));
    };
    expect(await said(before, asked(''))).toEqual(["approval 'check': now takes brand or legal or ops"]);
    expect(await said(before, asked(', quorum: all'))).toEqual([
      "approval 'check': now takes brand and legal and ops",
    ]);
    expect(await said(asked(', quorum: [legal, brand]'), asked(', quorum: { atLeast: 2 }'))).toEqual([
      "approval 'check': takes 2 of brand, legal, ops instead of brand and legal",
    ]);
  });

  it('is told in few words, however many steps there are', async () => {
    const found = await plan(before, { 'workflows/new.yaml': before.replace('id: flow', 'id: other') });
    expect(renderPlan(found)).toContain(
      "ops: becomes accountable for 'brief' of 'other'; becomes accountable for 'copy' of 'other'; becomes accountable for 'look-back' of 'other'\n",
    );
    const longer = before.replace(
      '      - { id: look-back',
      `      - ${step('translate', 'P1D')}\n      - { id: look-back`,
    );
    const more = await plan(before, { 'workflows/new.yaml': longer.replace('id: flow', 'id: other') });
    expect(renderPlan(more)).toContain("becomes accountable for 'translate' of 'other'; and 1 more\n");
  });

  it('is everybody whom a workflow that comes or goes makes or made accountable', async () => {
    const gone = await plan(null);
    expect(itemsOf(gone).map(({ summary }) => summary)).toEqual(["workflow 'flow' is retired"]);
    expect(askedRoles(gone).map(({ role, items }) => [role, items.size])).toEqual([['ops', 1]]);
  });

  it('is whom the Policy names, about the Policy', async () => {
    const launched = `${before}channels: [email]\n`.replace(
      '      - { id: look-back',
      '      - { id: send, kind: launch, channel: email, responsible: ops, accountable: ops, effort: PT1H }\n      - { id: look-back',
    );
    const policy =
      'apiVersion: weir/v1\nkind: Policy\nid: house\napprovals: [{ when: "campaign.risk == \'high\'", require: [legal] }]\n';
    const found = await diffed(
      { 'workflows/team.yaml': TEAM, 'workflows/flow.yaml': launched },
      { 'workflows/policy.yaml': policy },
    );
    const [item] = itemsOf(found).filter(({ definition }) => definition === 'house');
    expect(askedRoles(found)).toMatchObject([{ role: 'legal', items: new Set([item?.hash]) }]);
    const by = { reviewer: 'somebody', items: new Set([item?.hash ?? '']) };
    expect(approvalState(found, [by]).roles).toMatchObject([{ role: 'legal', open: 0 }]);
    expect(approvalState(found, [{ ...by, items: new Set() }]).roles).toMatchObject([{ open: 1 }]);
  });

  it('is nobody about what is held back', async () => {
    const found = await plan(before.replaceAll('accountable: ops', 'accountable: nobody'));
    expect([askedRoles(found), itemsOf(found)]).toEqual([[], []]);
  });
});
