import { type EntityManager, In } from 'typeorm';
import type { PostedPlan, Proposal, PullRequestStore, StoredApproval } from '../../application/ports.js';
import { ProposalRow, PullRequestApprovalRow, PullRequestRow } from '../rows/pull-request-rows.js';

/** Any number; the same for every process that posts on pull requests. */
const PULL_REQUESTS_LOCK = 7_317_351;

export class SqlPullRequestStore implements PullRequestStore {
  constructor(private readonly manager: EntityManager) {}

  async lock(repository: string, what: string): Promise<void> {
    await this.manager.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [
      PULL_REQUESTS_LOCK,
      `${repository} ${what}`,
    ]);
  }

  posted(repository: string): Promise<PostedPlan[]> {
    return this.manager.find(PullRequestRow, { where: { repository }, order: { number: 'ASC' } });
  }

  find(repository: string, number: number): Promise<PostedPlan | null> {
    return this.manager.findOneBy(PullRequestRow, { repository, number });
  }

  async save(plan: PostedPlan): Promise<void> {
    await this.manager.upsert(PullRequestRow, { ...plan }, ['repository', 'number']);
  }

  async forget(repository: string, numbers: readonly number[]): Promise<void> {
    for (const row of [PullRequestRow, PullRequestApprovalRow])
      await this.manager.delete(row, { repository, number: In([...numbers]) });
  }

  async claim(repository: string, number: number, now: Date, until: Date): Promise<string | null> {
    const rows: { claim: string }[] = await this.manager.query(
      `INSERT INTO pull_request_claim (repository, number, claim, claimed_until)
       VALUES ($1, $2, gen_random_uuid(), $4)
       ON CONFLICT (repository, number) DO UPDATE SET claim = excluded.claim, claimed_until = excluded.claimed_until
         WHERE pull_request_claim.claimed_until <= $3
       RETURNING claim`,
      [repository, number, now, until],
    );
    return rows[0]?.claim ?? null;
  }

  async release(repository: string, number: number, claim: string): Promise<boolean> {
    const [, count]: [unknown, number] = await this.manager.query(
      'DELETE FROM pull_request_claim WHERE repository = $1 AND number = $2 AND claim = $3',
      [repository, number, claim],
    );
    return count > 0;
  }

  approvals(repository: string, number: number): Promise<StoredApproval[]> {
    return this.manager.findBy(PullRequestApprovalRow, { repository, number });
  }

  async saveApproval(approval: StoredApproval): Promise<void> {
    await this.manager.upsert(PullRequestApprovalRow, { ...approval }, ['repository', 'number', 'reviewer']);
  }

  proposal(repository: string, branch: string): Promise<Proposal | null> {
    return this.manager.findOneBy(ProposalRow, { repository, branch });
  }

  async saveProposal(proposal: Proposal): Promise<void> {
    await this.manager.upsert(ProposalRow, { ...proposal }, ['repository', 'branch']);
  }

  /** Actions on one campaign take turns, so the last record of each tells whether anything happened to it. */
  async epoch(workflows: readonly string[]): Promise<string> {
    const rows: { epoch: string | null }[] = await this.manager.query(
      `SELECT md5(string_agg(c.id || ':' || coalesce(last.id, 0), ',' ORDER BY c.id)) AS epoch
         FROM definition d
         JOIN definition_version v ON v.definition_id = d.id
         JOIN campaign c ON c.version_id = v.id AND c.status = 'running'
         CROSS JOIN LATERAL (SELECT max(a.id) AS id FROM audit_record a WHERE a.campaign_id = c.id) last
        WHERE d.kind = 'Workflow' AND d.key = ANY($1)`,
      [workflows],
    );
    return rows[0]?.epoch ?? 'none';
  }
}
