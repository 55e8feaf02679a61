import { useMemo, useRef } from 'react';
import { CampaignDiagramDocument } from '../../api/operations.ts';
import type { Act } from '../../api/use-data.ts';
import { useData } from '../../api/use-data.ts';
import { Diagram } from '../../ui/diagram.tsx';
import { day, words } from '../../ui/format.ts';
import { Badge, Loaded } from '../../ui/parts.tsx';
import type { Found } from './found.ts';
import { nameIn, TONES } from './state.ts';
import { StepActions } from './step-actions.tsx';

type Step = Found['steps'][number];

/** The swimlanes, from which one acts, and the drawing coloured by what became of each step. */
export function Lanes({ campaign, acting }: { campaign: Found; acting: Act }) {
  const { key, steps, gates, handoffs } = campaign;
  const drawn = useData(CampaignDiagramDocument, { key });
  const lists = useRef<HTMLDivElement>(null);
  const states = useMemo(
    () =>
      new Map([
        ...steps.map((step) => [`step ${step.key}`, TONES[step.status]] as const),
        ...gates.map((gate) => [`gate ${gate.key}`, TONES[gate.status]] as const),
        ...handoffs.map((handoff) => [`handoff ${handoff.key}`, TONES[handoff.status]] as const),
      ]),
    [steps, gates, handoffs],
  );
  const choose = (element: string) => {
    const chosen = lists.current?.querySelector<HTMLElement>(`[data-step="${CSS.escape(element)}"]`);
    chosen?.scrollIntoView({ block: 'center' });
    chosen?.focus();
  };
  return (
    <>
      <div ref={lists}>
        {sectionsOf(steps).map(([section, lanes]) => (
          <section key={section} aria-label={section}>
            <h3>{section}</h3>
            <div className="lanes">
              {lanes.map(([lane, entries]) => (
                <div key={lane} className="lane">
                  {lane !== null && <h4>{lane}</h4>}
                  <ul className="steps">
                    {entries.map((step) => (
                      <li
                        key={step.key}
                        className={TONES[step.status]}
                        data-step={`step ${step.key}`}
                        tabIndex={-1}
                      >
                        <Entry step={step} nameOf={nameIn(campaign)} />
                        <StepActions campaign={campaign} step={step} acting={acting} />
                      </li>
                    ))}
                  </ul>
                </div>
              ))}
            </div>
          </section>
        ))}
      </div>
      <h3>As a drawing</h3>
      <Loaded of={drawn}>
        {(data) =>
          data.campaign && (
            <Diagram svg={data.campaign.workflowVersion.diagram} states={states} onChoose={choose} />
          )
        }
      </Loaded>
    </>
  );
}

function Entry({ step, nameOf }: { step: Step; nameOf: (missing: string) => string }) {
  const { name, kind, status, round, missing, responsible, finishedAt, startedAt } = step;
  const since = finishedAt ?? startedAt;
  return (
    <>
      <p>
        <strong>{name}</strong> <Badge tone={TONES[status]}>{words(status)}</Badge>
        {round > 0 && <Badge tone="warn">returned {round}×</Badge>}
      </p>
      <p className="muted">
        {words(kind)} · {responsible.join(', ')}
        {since !== null && ` · ${day(since)}`}
      </p>
      {missing.length > 0 && <p className="muted">waits for {missing.map(nameOf).join(', ')}</p>}
    </>
  );
}

type Lane = readonly [name: string | null, steps: readonly Step[]];

/** In the order of the definition; what stands in no lane of a section is one without a name. */
const sectionsOf = (steps: readonly Step[]): readonly (readonly [name: string, lanes: readonly Lane[]])[] =>
  [...Map.groupBy(steps, ({ section }) => section)].map(([section, within]) => [
    section,
    [...Map.groupBy(within, ({ lane }) => lane)],
  ]);
