import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Replicas of the version before the chain go on writing audit records while they are replaced, and know nothing of `audit_unsealed`. For
 * an hour after the chain was made, what they write waits in it all the same. Later, what nobody put there was not written by Weir.
 */
export class FormerReplicas1700000000033 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const [found] = (await runner.query(
      `SELECT EXISTS (SELECT 1 FROM audit_record) AND NOT EXISTS (SELECT 1 FROM audit_seal) AS "isNew", now() + interval '1 hour' AS until`,
    )) as { isNew: boolean; until: Date }[];
    // Where there are no records there are no replicas that write some; where some are sealed, the former ones are long gone.
    if (found?.isNew !== true) return;
    // As whoever owns the schema: a role of the service may have nothing to do with the new tables yet.
    await runner.query(`CREATE FUNCTION note_of_former_replica() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
      BEGIN
        IF clock_timestamp() < '${found.until.toISOString()}' THEN
          INSERT INTO audit_unsealed (record_id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
        END IF;
        RETURN NULL;
      END $$`);
    // Fired at the end of the statement, by which those who know of it have put theirs there.
    await runner.query(`CREATE TRIGGER of_former_replica AFTER INSERT ON audit_record
      FOR EACH ROW EXECUTE FUNCTION note_of_former_replica()`);
    // What came between the migration before and this one.
    await runner.query(
      'INSERT INTO audit_unsealed (record_id) SELECT id FROM audit_record ON CONFLICT DO NOTHING',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER IF EXISTS of_former_replica ON audit_record');
    await runner.query('DROP FUNCTION IF EXISTS note_of_former_replica()');
  }
}
