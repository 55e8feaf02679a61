import type { Ports } from './ports.js';
import type { HostError } from './pull-requests.js';

/** What is asked of a host; one may be refused and the other not. */
export type HostUse = 'read' | 'write';

/** Whether the host does not let us, which nobody but a person can mend. */
export const isRefusal = ({ reason }: HostError): boolean =>
  reason === 'unauthorised' || reason === 'unknown';

/** Tells of a host that refuses. @returns false where that is told already */
export const hostRefuses = (
  { inTransaction, clock }: Ports,
  repository: string,
  use: HostUse,
  { message }: HostError,
): Promise<boolean> =>
  inTransaction(({ alerts }) =>
    alerts.raise({ kind: 'host-refused', subject: subjectOf(repository, use), message }, clock.now()),
  );

/** The host has let us do it: what was told of it is over. */
export const hostAnswers = (
  { inTransaction, clock }: Ports,
  repository: string,
  use: HostUse,
): Promise<void> =>
  inTransaction(({ alerts }) => alerts.resolve('host-refused', subjectOf(repository, use), clock.now()));

const subjectOf = (repository: string, use: HostUse): string =>
  `${use === 'read' ? 'reading' : 'writing on'} pull requests of ${repository}`;
