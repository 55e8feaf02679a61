import { useState } from 'react';
import { CompleteTaskDocument, PauseChannelDocument, ResumeChannelDocument } from '../../api/operations.ts';
import type { Act } from '../../api/use-data.ts';
import { Dialog, textOf } from '../../ui/dialog.tsx';
import { day, hours, moment, words } from '../../ui/format.ts';
import { Badge, Empty, Section } from '../../ui/parts.tsx';
import { PermittedButton, Permissions } from '../../ui/permitted.tsx';
import { Table } from '../../ui/table.tsx';
import type { Found } from './found.ts';

type Channel = Found['channels'][number];
const HOUR_MS = 3_600_000;

/** When it launches: planned, forecast and so far, by channel; and what triggers have asked people for. */
export function Timing({ campaign, acting }: { campaign: Found; acting: Act }) {
  const { forecast, createdAt, launchedAt, channels, tasks } = campaign;
  const at = (after: number) => day(new Date(new Date(createdAt).getTime() + after * HOUR_MS).toISOString());
  const { launchP50Hours: half, launchP80Hours: most } = forecast ?? {};
  return (
    <Section title="Timing">
      {launchedAt === null && half != null && most != null && (
        <p>
          Forecast launch: as likely as not by <strong>{at(half)}</strong>, four in five by{' '}
          <strong>{at(most)}</strong> ({hours(half)} to {hours(most)} after it began).
        </p>
      )}
      <Permissions>
        {channels.length === 0 ? (
          <Empty>No channel is planned.</Empty>
        ) : (
          <Table
            label="Channels"
            rows={channels}
            keyOf={({ channel }) => channel}
            columns={[
              { title: 'Channel', cell: ({ channel }) => channel },
              {
                title: 'State',
                cell: ({ status }) => (
                  <Badge tone={status === 'LIVE' ? 'good' : status === 'PAUSED' ? 'bad' : 'quiet'}>
                    {words(status)}
                  </Badge>
                ),
              },
              { title: 'Planned', cell: ({ plannedAt }) => moment(plannedAt) },
              { title: 'Live since', cell: ({ launchedAt: since }) => moment(since) },
              {
                title: 'Action',
                cell: (channel) =>
                  campaign.status === 'RUNNING' && (
                    <ChannelActions campaign={campaign.key} channel={channel} acting={acting} />
                  ),
              },
            ]}
          />
        )}
        {tasks.length > 0 && (
          <>
            <h3>Asked for by triggers</h3>
            <ul className="list">
              {tasks.map((task) => (
                <li key={task.key}>
                  {task.name}{' '}
                  <span className="muted">
                    ({task.responsible}, by {task.trigger})
                  </span>{' '}
                  {task.isDone ? (
                    <Badge tone="good">done</Badge>
                  ) : (
                    <PermittedButton
                      {...{ asked: 'completeTask', acting, name: 'Done' }}
                      label={`Done: ${task.name}`}
                      onClick={() =>
                        void acting.act(CompleteTaskDocument, {
                          input: { campaign: campaign.key, task: task.key },
                        })
                      }
                    />
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
      </Permissions>
    </Section>
  );
}

function ChannelActions({ campaign, channel, acting }: { campaign: string; channel: Channel; acting: Act }) {
  const [isPausing, setPausing] = useState(false);
  const { channel: name, status, pausedReason } = channel;
  if (status === 'PLANNED') return null;
  return (
    <>
      {status === 'PAUSED' ? (
        <>
          {pausedReason}{' '}
          <PermittedButton
            {...{ asked: 'resumeChannel', acting, name: 'Resume' }}
            label={`Resume ${name}`}
            onClick={() => void acting.act(ResumeChannelDocument, { input: { campaign, channel: name } })}
          />
        </>
      ) : (
        <PermittedButton
          {...{ asked: 'pauseChannel', acting, name: 'Pause' }}
          label={`Pause ${name}`}
          onClick={() => setPausing(true)}
        />
      )}
      {isPausing && (
        <Dialog
          title={`Pause ${name}`}
          action="Pause"
          onClose={() => setPausing(false)}
          onSubmit={(given) =>
            void acting.act(PauseChannelDocument, {
              input: { campaign, channel: name, reason: textOf(given, 'reason') ?? '' },
            })
          }
        >
          <label>
            Why <input name="reason" required />
          </label>
        </Dialog>
      )}
    </>
  );
}
