import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The first schema: what git says (definitions), what happens (campaigns), and the record of both. */
export class First1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('the first migration cannot be undone; drop the database instead');
  }
}

const STATEMENTS = [
  `CREATE TABLE git_commit (
    sha text PRIMARY KEY,
    position bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    author_name text NOT NULL,
    author_email text NOT NULL,
    authored_at timestamptz NOT NULL,
    committed_at timestamptz NOT NULL,
    message text NOT NULL,
    pull_request integer,
    signature text NOT NULL
  )`,
  `CREATE TABLE definition (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    key text NOT NULL,
    file text NOT NULL,
    retired_at timestamptz,
    served_version_id bigint,
    UNIQUE (kind, key)
  )`,
  `CREATE TABLE definition_version (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    definition_id bigint NOT NULL REFERENCES definition,
    number integer NOT NULL,
    hash text NOT NULL,
    meaning jsonb NOT NULL,
    source text NOT NULL,
    file text NOT NULL,
    commit_sha text NOT NULL REFERENCES git_commit,
    UNIQUE (definition_id, number),
    UNIQUE (definition_id, hash)
  )`,
  `ALTER TABLE definition ADD FOREIGN KEY (served_version_id) REFERENCES definition_version`,
  `CREATE TABLE definition_change (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    definition_id bigint NOT NULL REFERENCES definition,
    kind text NOT NULL,
    from_version_id bigint REFERENCES definition_version,
    to_version_id bigint REFERENCES definition_version,
    file text NOT NULL,
    commit_sha text NOT NULL REFERENCES git_commit,
    committed_at timestamptz NOT NULL,
    classification text NOT NULL,
    summary text NOT NULL,
    changes jsonb NOT NULL
  )`,
  `CREATE INDEX definition_change_by_definition ON definition_change (definition_id, id)`,
  `CREATE TABLE repository (
    id integer PRIMARY KEY CHECK (id = 1),
    location text NOT NULL,
    branch text NOT NULL,
    folder text NOT NULL,
    served_sha text REFERENCES git_commit,
    attempted_sha text,
    attempted_at timestamptz,
    problems jsonb NOT NULL DEFAULT '[]'
  )`,
  `CREATE TABLE sync_run (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    trigger text NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz NOT NULL,
    outcome text NOT NULL,
    from_sha text,
    to_sha text,
    commits integer NOT NULL,
    versions integer NOT NULL,
    problems jsonb NOT NULL,
    error text
  )`,
  `CREATE TABLE campaign (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key text NOT NULL UNIQUE,
    name text NOT NULL,
    version_id bigint NOT NULL REFERENCES definition_version,
    policy_version_id bigint REFERENCES definition_version,
    taxonomy_version_id bigint REFERENCES definition_version,
    status text NOT NULL,
    type text NOT NULL,
    risk text NOT NULL,
    budget numeric NOT NULL,
    labels text[] NOT NULL,
    flags text[] NOT NULL,
    brief jsonb NOT NULL,
    planned_launch_at timestamptz,
    created_at timestamptz NOT NULL,
    launched_at timestamptz,
    ended_at timestamptz
  )`,
  `CREATE INDEX campaign_by_version ON campaign (version_id)`,
  `CREATE INDEX campaign_by_creation ON campaign (created_at, id)`,
  `CREATE TABLE campaign_channel (
    campaign_id bigint NOT NULL REFERENCES campaign,
    channel text NOT NULL,
    status text NOT NULL,
    planned_at timestamptz,
    launched_at timestamptz,
    PRIMARY KEY (campaign_id, channel)
  )`,
  `CREATE TABLE campaign_step (
    campaign_id bigint NOT NULL REFERENCES campaign,
    key text NOT NULL,
    status text NOT NULL,
    round integer NOT NULL,
    started_at timestamptz,
    finished_at timestamptz,
    PRIMARY KEY (campaign_id, key)
  )`,
  `CREATE TABLE campaign_gate (
    campaign_id bigint NOT NULL REFERENCES campaign,
    key text NOT NULL,
    status text NOT NULL,
    results jsonb NOT NULL,
    evaluated_at timestamptz NOT NULL,
    PRIMARY KEY (campaign_id, key)
  )`,
  `CREATE TABLE campaign_handoff (
    campaign_id bigint NOT NULL REFERENCES campaign,
    key text NOT NULL,
    accepted_at timestamptz NOT NULL,
    PRIMARY KEY (campaign_id, key)
  )`,
  `CREATE TABLE campaign_approval (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    campaign_id bigint NOT NULL REFERENCES campaign,
    step text NOT NULL,
    decision text NOT NULL,
    role text NOT NULL,
    actor text NOT NULL,
    comment text,
    decided_at timestamptz NOT NULL
  )`,
  `CREATE INDEX campaign_approval_by_campaign ON campaign_approval (campaign_id, id)`,
  `CREATE TABLE retrospective (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    campaign_id bigint NOT NULL UNIQUE REFERENCES campaign,
    evidence jsonb NOT NULL,
    answers jsonb NOT NULL,
    actions jsonb NOT NULL,
    created_at timestamptz NOT NULL
  )`,
  `CREATE TABLE audit_record (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    happened_at timestamptz NOT NULL,
    actor text NOT NULL,
    roles text[] NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    campaign_id bigint REFERENCES campaign,
    version_id bigint REFERENCES definition_version,
    commit_sha text,
    before jsonb,
    after jsonb
  )`,
  `CREATE INDEX audit_record_by_campaign ON audit_record (campaign_id, id)`,
  // Versions and the record are written once. An error beats a silent change by whoever holds the password.
  `CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$`,
  `CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_record
    FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
  `CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON definition_version
    FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
];
