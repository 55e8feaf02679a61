/** A workflow that was retired: it lives in the history only. */
export const NEWSLETTER = `# The monthly newsletter: collect, write, approve, send.
apiVersion: weir/v1
kind: Workflow
id: newsletter
name: Monthly newsletter
steward: marketing-ops-manager
status: active
campaignTypes: [newsletter]
pattern: sequential
decision:
  inputs: { complexity: low, maturity: low, dataInfrastructure: weak, speed: low, regulation: low }
  rationale: One channel, one editor, once a month.
review: { every: P6M }
channels: [email]

sections:
  - id: issue
    model: linear
    steps:
      - { id: brief, name: Collect the topics, kind: brief, responsible: email-lead, accountable: email-lead, informed: [sales], effort: P1D, produces: [brief] }
      - { id: write-issue, name: Write the issue, responsible: copywriter, accountable: email-lead, effort: P2D, produces: [email-copy] }
      - { id: issue-approval, name: Approve the issue, kind: approval, approves: [email-copy], responsible: brand, accountable: brand, effort: PT4H }
      - { id: issue-send, name: Send the issue, kind: launch, channel: email, responsible: email-lead, accountable: email-lead, effort: PT2H }
      - { id: retrospective, name: Note what was read, kind: retrospective, responsible: email-lead, accountable: email-lead, consulted: [analytics], effort: PT2H }

kpis: [time-to-launch]
`;
