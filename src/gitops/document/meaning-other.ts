import {
  DEFAULT_POLICY,
  type Library,
  type Policy,
  type Taxonomy,
  type Team,
} from '../../domain/workflow/document.js';
import type { WrittenLibrary, WrittenPolicy, WrittenTaxonomy, WrittenTeam } from './written.js';

export const meanTeam = (written: WrittenTeam): Team => ({
  key: written.id,
  name: written.name ?? written.id,
  roles: written.roles.map((role) => ({
    key: role.id,
    name: role.name ?? role.id,
    capacity: role.capacity ?? null,
    people: role.people ?? [],
    delegates: role.delegates ?? [],
    timezone: role.timezone ?? null,
    workingDays: role.workingDays ?? [],
    workingHours: role.workingHours ?? null,
    holidays: role.holidays ?? [],
    absences: role.absences ?? [],
  })),
});

export const meanTaxonomy = (written: WrittenTaxonomy): Taxonomy => ({
  key: written.id,
  channels: (written.channels ?? []).map((each) => ({ key: each.id, risk: each.risk ?? 'medium' })),
  segments: (written.segments ?? []).map((each) => ({ key: each.id, name: each.name ?? each.id })),
  offers: (written.offers ?? []).map((each) => ({
    key: each.id,
    percent: each.percent ?? null,
    validFrom: each.validFrom ?? null,
    validTo: each.validTo ?? null,
  })),
  tones: written.tones ?? [],
  signals: (written.signals ?? []).map((each) => ({
    key: each.id,
    owner: each.owner,
    unit: each.unit ?? null,
    range: each.range ?? null,
  })),
  tools: (written.tools ?? []).map((each) => ({ key: each.id, models: each.models })),
});

export function meanPolicy(written: WrittenPolicy): Policy {
  const findings = Object.entries(written.findings ?? {}).map(([code, setting]) => {
    if (typeof setting === 'string') return [code, { severity: setting, limits: {} }] as const;
    const { severity, ...limits } = setting;
    return [code, { severity: severity ?? null, limits }] as const;
  });
  return {
    key: written.id,
    onBadFile: written.onBadFile ?? DEFAULT_POLICY.onBadFile,
    retireLimit: {
      share: written.retireLimit?.share ?? DEFAULT_POLICY.retireLimit.share,
      runningCampaigns: written.retireLimit?.runningCampaigns ?? DEFAULT_POLICY.retireLimit.runningCampaigns,
    },
    fiscalYearStart: written.fiscalYearStart ?? DEFAULT_POLICY.fiscalYearStart,
    timezone: written.timezone ?? DEFAULT_POLICY.timezone,
    approvals: written.approvals ?? [],
    respondWithin: written.respondWithin ?? null,
    deviations: (written.deviations ?? []).map(({ when, ...each }) => ({ ...each, when: when ?? null })),
    findings: Object.fromEntries(findings),
    excuses: written.excuses ?? [],
  };
}

export const meanLibrary = (written: WrittenLibrary): Library => ({
  key: written.id,
  entries: written.entries.map((entry) => ({ ...entry, priority: entry.priority ?? null })),
});
