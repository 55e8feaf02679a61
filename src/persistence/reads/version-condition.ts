import type { VersionRef } from '../../application/ports.js';

const AT = '(SELECT max(position) FROM git_commit WHERE sha LIKE $2)';

/** Which version of each definition of `$1`, by the value `$2`. */
export function conditionOf(ref: VersionRef): readonly [condition: string, value: unknown] {
  const served = (condition: string) => `v.id IN (SELECT DISTINCT ON (h.definition_id) h.to_version_id
    FROM definition_change h JOIN git_commit g ON g.sha = h.commit_sha
    WHERE h.definition_id = ANY($1) AND ${condition} ORDER BY h.definition_id, h.id DESC)`;
  switch (ref.type) {
    case 'number':
      return ['v.number = $2', ref.number];
    case 'commit':
      return [
        // A rewind came after every commit that there was, whichever it went back to.
        served(`CASE WHEN h.rewound_after IS NULL THEN g.position <= ${AT} ELSE h.rewound_after < ${AT} END`),
        `${ref.commit}%`,
      ];
    case 'as-of':
      return [served('h.committed_at <= $2'), ref.asOf];
  }
}
