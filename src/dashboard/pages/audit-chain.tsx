import type { AuditChainQuery } from '../api/operations.ts';
import { Facts } from '../ui/facts.tsx';
import { ago, moment, number } from '../ui/format.ts';
import { Alert, Badge, Section } from '../ui/parts.tsx';
import { Save } from '../ui/save.tsx';

/** What is known of the chain without verifying it, and how to do that. */
export function Chain({ data: { auditCheckpoint, auditLog, alerts } }: { data: AuditChainQuery }) {
  const sealed = auditLog.nodes[0]?.position ?? null;
  const since = sealed === null || auditCheckpoint === null ? null : sealed - auditCheckpoint.position;
  return (
    <Section
      title="The chain"
      note="Each record is sealed into a chain of hashes within about a second; every ten minutes in which something was sealed, a checkpoint of it is signed."
    >
      {alerts.nodes.map(({ id, message, raisedAt }) => (
        <Alert key={id}>
          <p>
            {message} ({moment(raisedAt)})
          </p>
        </Alert>
      ))}
      <Facts
        of={[
          ['Records', number(auditLog.totalCount)],
          ['Newest record', sealed === null ? 'not sealed yet' : `sealed at position ${number(sealed)}`],
          [
            'Newest checkpoint',
            auditCheckpoint === null ? (
              <Badge tone="warn">none yet</Badge>
            ) : (
              `position ${number(auditCheckpoint.position)}, signed ${moment(auditCheckpoint.signedAt)} (${ago(auditCheckpoint.signedAt)})`
            ),
          ],
          ['Sealed since then', since === null ? null : number(since)],
          ['Hash there', auditCheckpoint && <code>{auditCheckpoint.hash}</code>],
          ['Key', auditCheckpoint && <code>{auditCheckpoint.keyId}</code>],
          [
            'Published',
            auditCheckpoint &&
              (auditCheckpoint.commitSha === null ? (
                'no'
              ) : (
                <>
                  in the repository, commit <code>{auditCheckpoint.commitSha.slice(0, 8)}</code>
                </>
              )),
          ],
        ]}
      />
      <details>
        <summary>How to verify it</summary>
        <p>
          This page trusts the server. Verifying does not: it walks through the whole chain and names the
          first record that is wrong.
        </p>
        <pre tabIndex={0} aria-label="Commands that verify the chain">
          {COMMANDS}
        </pre>
        <p>
          Keep checkpoints and keys elsewhere, too: whoever owns the database can replace what is in it. Only
          an export of all records can be verified.
        </p>
      </details>
      <p className="saves">
        <Save path="/audit.ndjson" name="audit.ndjson">
          Save all records
        </Save>{' '}
        <Save path="/audit.ndjson?format=cloudevents" name="audit.cloudevents.ndjson">
          Save all as CloudEvents
        </Save>{' '}
        <Save path="/audit/checkpoints" name="checkpoints.txt">
          Save checkpoints
        </Save>{' '}
        <Save path="/.well-known/jwks.json" name="jwks.json">
          Save keys
        </Save>
      </p>
    </Section>
  );
}

const COMMANDS = `# the database, and what was published in the repository
weir verify-audit

# the files that are saved below
weir verify-audit --from-file audit.ndjson --checkpoints checkpoints.txt --keys jwks.json`;
