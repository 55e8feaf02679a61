import type { CheckpointLog } from '../application/audit-ports.js';
import { checkpointAudit, publishCheckpoints } from '../application/checkpoint-audit.js';
import type { Ports } from '../application/ports.js';
import { sealAudit } from '../application/seal-audit.js';
import type { Logger } from '../observability/logger.js';
import type { Lane } from './worker.js';

export interface AuditTasks {
  readonly ports: Ports;
  readonly logger: Logger;
  /** Null where checkpoints are not published. */
  readonly checkpoints: CheckpointLog | null;
}

/** Until a record has its place in the chain, a change of it does not show. */
const SEAL_MS = 1_000;

/** What the chain is gets signed every ten minutes, and published by one replica at a time. */
export const auditLane = ({ ports, logger, checkpoints }: AuditTasks): Lane => ({
  atATime: 1,
  timetable: '*/10 * * * * checkpoint-audit ?max=1',
  tasks: {
    'checkpoint-audit': async () => {
      await checkpointAudit(ports);
      if (checkpoints === null) return;
      const published = await publishCheckpoints(ports, checkpoints);
      if (published > 0) logger.info('checkpoint of the audit record published');
    },
  },
});

/** Every replica seals what is there; those that do so at the same time take turns. */
export function keepSealing({ ports, logger }: Pick<AuditTasks, 'ports' | 'logger'>): {
  stop(): Promise<void>;
} {
  let sealing: Promise<unknown> = Promise.resolve();
  let isBusy = false;
  const timer = setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    sealing = sealAudit(ports.inTransaction)
      .catch((error: unknown) => {
        logger.error({ err: error }, 'audit records could not be sealed; it is tried again');
      })
      .finally(() => {
        isBusy = false;
      });
  }, SEAL_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await sealing;
    },
  };
}
