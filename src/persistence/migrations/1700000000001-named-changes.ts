import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A change of meaning names its element, verb, key and property apart; before, they stood only in its path. */
export class NamedChanges1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE definition_change SET changes = (
      SELECT coalesce(jsonb_agg(entry || jsonb_build_object(
               'element', split_part(entry->>'kind', '-', 1),
               'verb', split_part(entry->>'kind', '-', 2),
               'key', CASE WHEN entry->>'kind' LIKE '%-reordered' THEN entry->>'path'
                           ELSE substring(entry->>'path' FROM '^\\S+ (.*?)( / .*)?$') END,
               'property', CASE WHEN entry->>'kind' LIKE '%-changed' THEN substring(entry->>'path' FROM ' / (.*)$') END
             ) ORDER BY position), '[]')
        FROM jsonb_array_elements(changes) WITH ORDINALITY AS list(entry, position))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE definition_change SET changes = (
      SELECT coalesce(jsonb_agg(entry - ARRAY['element', 'verb', 'key', 'property'] ORDER BY position), '[]')
        FROM jsonb_array_elements(changes) WITH ORDINALITY AS list(entry, position))`);
  }
}
