import { useMemo, useState } from 'react';
import { WorkflowForecastDocument, type WorkflowPageQuery } from '../../api/operations.ts';
import { useData } from '../../api/use-data.ts';
import { Choice } from '../../ui/choice.tsx';
import { Diagram } from '../../ui/diagram.tsx';
import { duration, percent, words } from '../../ui/format.ts';
import { Empty, Section } from '../../ui/parts.tsx';
import { listed } from './raci.tsx';

type Found = NonNullable<WorkflowPageQuery['workflow']>;
type Step = Found['currentVersion']['steps'][number];

/** The diagram; whoever chooses a step in it, or in the list beside it, sees what the step says. */
export function Drawing({ workflow }: { workflow: Found }) {
  const [chosen, choose] = useState('');
  const [isMarked, mark] = useState(false);
  const forecast = useData(WorkflowForecastDocument, { key: workflow.key }).data?.workflow?.currentVersion
    .forecast;
  const { steps, raci } = workflow.currentVersion;
  const states = useMemo(
    () =>
      new Map([
        ...(isMarked
          ? (forecast?.criticalPath ?? []).map((key) => [`step ${key}`, 'critical'] as const)
          : []),
        [`step ${chosen}`, 'chosen'],
      ]),
    [chosen, isMarked, forecast],
  );
  const step = steps.find(({ key }) => key === chosen);
  return (
    <Section title="Diagram" note="Choose a step in the drawing or in the list to see what it says.">
      <form onSubmit={(event) => event.preventDefault()}>
        <Choice
          label="Step"
          value={step === undefined ? '' : chosen}
          options={[['', 'none'], ...steps.map(({ key, name }) => [key, name] as const)]}
          onChange={choose}
        />
        <label>
          <input
            type="checkbox"
            checked={isMarked}
            disabled={forecast === undefined}
            onChange={(event) => mark(event.target.checked)}
          />{' '}
          Mark the critical path
        </label>
      </form>
      <div className="drawing">
        <Diagram
          svg={workflow.diagram}
          states={states}
          onChoose={(element) => choose(element.replace(/^step /, ''))}
        />
        <div aria-live="polite">
          {step === undefined ? (
            <Empty>No step is chosen.</Empty>
          ) : (
            <StepFacts
              step={step}
              raci={raci.find((row) => row.step === step.key)}
              steps={steps}
              criticality={forecast?.criticality.find((each) => each.step === step.key)?.index}
            />
          )}
        </div>
      </div>
    </Section>
  );
}

interface StepFactsProps {
  readonly step: Step;
  readonly raci: Found['currentVersion']['raci'][number] | undefined;
  readonly steps: readonly Step[];
  readonly criticality: number | undefined;
}

function StepFacts({ step, raci, steps, criticality }: StepFactsProps) {
  const nameOf = (key: string) => steps.find((each) => each.key === key)?.name ?? key;
  const { effort } = step;
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ['Key', step.key],
    ['Kind', words(step.kind) + (step.optional ? ', optional' : '')],
    ['Section', step.lane === null ? step.section : `${step.section}, lane ${step.lane}`],
    ['Channel', step.channel],
    ['Only if', step.when],
    ['Responsible', raci && listed(raci.responsible)],
    ['Accountable', raci?.accountable],
    ['Consulted', raci && listed(raci.consulted)],
    ['Informed', raci && listed(raci.informed)],
    ['Effort', effort && duration(effort.likely)],
    ['At best, at worst', effort && `${duration(effort.optimistic)}, ${duration(effort.pessimistic)}`],
    ['Needs', step.needs.length === 0 ? null : step.needs.map(nameOf).join(', ')],
    ['Makes', step.produces.length === 0 ? null : step.produces.join(', ')],
    ['Approves', step.approves.length === 0 ? null : step.approves.join(', ')],
    [
      'The end depends on it',
      criticality === undefined ? null : `in ${percent(criticality)} of simulated campaigns`,
    ],
  ];
  return (
    <>
      <h3>{step.name}</h3>
      <dl className="facts">
        {facts.map(
          ([name, value]) =>
            value != null && (
              <div key={name} className="fact">
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </>
  );
}
