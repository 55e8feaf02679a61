import { useState } from 'react';
import {
  AcceptHandoffDocument,
  EvaluateGateDocument,
  OfferHandoffDocument,
  ReturnHandoffDocument,
} from '../../api/operations.ts';
import type { Act } from '../../api/use-data.ts';
import { Dialog, textOf } from '../../ui/dialog.tsx';
import { duration, moment, number, words } from '../../ui/format.ts';
import { Badge, Empty, Section } from '../../ui/parts.tsx';
import { PermittedButton, Permissions } from '../../ui/permitted.tsx';
import type { Found } from './found.ts';
import { nameIn, TONES } from './state.ts';

type Gate = Found['gates'][number];
type Handoff = Found['handoffs'][number];
type Quantity = Gate['results'][number]['limit'];

export const Gates = ({ campaign, acting }: { campaign: Found; acting: Act }) => (
  <div className="columns">
    <Section title="Gates">
      {campaign.gates.length === 0 && <Empty>This workflow has no gates.</Empty>}
      <Permissions>
        <ul className="steps">
          {campaign.gates.map((gate) => (
            <li key={gate.key} className={TONES[gate.status]}>
              <ShownGate campaign={campaign} gate={gate} acting={acting} />
            </li>
          ))}
        </ul>
      </Permissions>
    </Section>
    <Section title="Hand-offs">
      {campaign.handoffs.length === 0 && <Empty>Nothing is handed over in this workflow.</Empty>}
      <Permissions>
        <ul className="steps">
          {campaign.handoffs.map((handoff) => (
            <li key={handoff.key} className={TONES[handoff.status]}>
              <ShownHandoff campaign={campaign} handoff={handoff} acting={acting} />
            </li>
          ))}
        </ul>
      </Permissions>
    </Section>
  </div>
);

const shown = ({ number: value, duration: iso }: Quantity): string =>
  iso === null ? number(value, 2) : duration(iso);

function ShownGate({ campaign, gate, acting }: { campaign: Found; gate: Gate; acting: Act }) {
  const [isAsked, setAsked] = useState(false);
  const { key, at, status, approvers, missing, results, evaluatedAt, onFail } = gate;
  return (
    <>
      <p>
        <strong>{key}</strong> <Badge tone={TONES[status]}>{words(status)}</Badge>
      </p>
      <p className="muted">
        {words(at)} gate · decided by {approvers.join(', ')} · {words(onFail)} where it fails
        {evaluatedAt !== null && ` · looked at ${moment(evaluatedAt)}`}
      </p>
      {missing.length > 0 && <p className="muted">waits for {missing.map(nameIn(campaign)).join(', ')}</p>}
      <ul className="list">
        {results.map(({ metric, passed, value, limit, bound, isStated }) => (
          <li key={metric}>
            <Badge tone={passed ? 'good' : 'bad'}>{passed ? 'passed' : 'failed'}</Badge> {metric}:{' '}
            {value === null ? 'no data' : shown(value)} ({words(bound)} {shown(limit)}
            {isStated && ', as stated'})
          </li>
        ))}
      </ul>
      {campaign.status === 'RUNNING' && (status === 'OPEN' || status === 'FAILED') && (
        <div className="actions">
          <PermittedButton
            {...{ asked: 'evaluateGate', acting, name: 'Evaluate' }}
            label={`Evaluate gate ${key}`}
            onClick={() => setAsked(true)}
          />
        </div>
      )}
      {isAsked && (
        <Dialog
          title={`Evaluate ${key}`}
          action="Evaluate"
          onClose={() => setAsked(false)}
          onSubmit={(given) =>
            void acting.act(EvaluateGateDocument, {
              input: { campaign: campaign.key, gate: key, measurements: measurementsOf(given, results) },
            })
          }
        >
          <p>
            What Weir measures itself needs nothing. What it cannot measure can be stated, and is recorded as
            stated.
          </p>
          {results.map(({ metric, bound, limit }) => (
            <label key={metric}>
              {metric} ({words(bound)} {shown(limit)})
              <input name={metric} placeholder="measured" />
            </label>
          ))}
        </Dialog>
      )}
    </>
  );
}

function measurementsOf(given: FormData, results: Gate['results']) {
  return results.flatMap(({ metric }) => {
    const value = textOf(given, metric);
    if (value === null) return [];
    const asNumber = Number(value.replace(',', '.'));
    return [Number.isNaN(asNumber) ? { metric, duration: value } : { metric, number: asNumber }];
  });
}

function ShownHandoff({ campaign, handoff, acting }: { campaign: Found; handoff: Handoff; acting: Act }) {
  const [isReturning, setReturning] = useState(false);
  const { key, from, to, mode, status, missing, payload, returnedBecause, contentHash } = handoff;
  const input = { campaign: campaign.key, handoff: key };
  const button = (
    name: string,
    asked: 'offerHandoff' | 'acceptHandoff' | 'returnHandoff',
    onClick: () => void,
  ) => <PermittedButton {...{ name, asked, acting, onClick }} label={`${name}: ${key}`} />;
  return (
    <>
      <p>
        <strong>
          {from} → {to}
        </strong>{' '}
        <Badge tone={TONES[status]}>{words(status)}</Badge>
      </p>
      <p className="muted">
        {words(mode)} · {payload.join(', ') || 'nothing named'}
      </p>
      {missing.length > 0 && (
        <p className="muted">
          {status === 'WAITING' ? 'waits for' : 'missing:'} {missing.map(nameIn(campaign)).join(', ')}
        </p>
      )}
      {returnedBecause !== null && <p>Returned: {returnedBecause}</p>}
      {campaign.status === 'RUNNING' && (
        <div className="actions">
          {status === 'RETURNED' &&
            button('Offer again', 'offerHandoff', () => void acting.act(OfferHandoffDocument, { input }))}
          {status === 'OPEN' &&
            button(
              'Accept',
              'acceptHandoff',
              () => void acting.act(AcceptHandoffDocument, { input: { ...input, contentHash } }),
            )}
          {status === 'OPEN' && button('Return', 'returnHandoff', () => setReturning(true))}
        </div>
      )}
      {isReturning && (
        <Dialog
          title={`Return what ${from} hands over`}
          action="Return"
          onClose={() => setReturning(false)}
          onSubmit={(given) =>
            void acting.act(ReturnHandoffDocument, {
              input: { ...input, reason: textOf(given, 'reason') ?? '' },
            })
          }
        >
          <label>
            Why <textarea name="reason" rows={3} required />
          </label>
        </Dialog>
      )}
    </>
  );
}
