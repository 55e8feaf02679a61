/** What graphql-eslint would have otherwise, by rule, each with the reason why it is as it is. */

/** Types without an id of their own, since nothing refers to them from elsewhere and no client could refetch them. */
export const WITHOUT_ID = {
  suffixes: [
    // They wrap what has an id.
    'Connection',
    'Edge',
    'Payload',
    // An answer to one action.
    'Refusal',
  ],
  types: [
    // Part of a page.
    'PageInfo',
    // Parts of a campaign or of one version of a workflow, known there by their key; a client caches them with their owner.
    ...[
      'Approval',
      'Signature',
      'AuditOrigin',
      'Delegation',
      'HandoffReopening',
      'Invalidation',
      'RoutingEntry',
      'BriefField',
      'CampaignChannel',
      'CampaignGate',
      'CampaignHandoff',
      'CampaignSection',
      'CampaignStep',
    ],
    ...['CheckResult', 'Effort', 'Forecast', 'Gate', 'GateCheck', 'HybridBoundary', 'LaunchDelay', 'RaciRow'],
    ...['RetrospectiveAction', 'RetrospectiveAnswer', 'RetrospectiveEvidence', 'Section', 'Step'],
    ...['Asset', 'Audience', 'Convergence', 'ConvergenceLoss', 'DimensionState', 'MetricPart', 'MetricValue'],
    // Why a metric is what it is: parts of its value.
    ...[
      'AudienceOverlap',
      'BriefDrift',
      'ChannelOpening',
      'Contradiction',
      'ContradictionSide',
      'HandoffResponse',
      'MissingCoverage',
    ],
    ...['TextPlace', 'ToneDifference'],
    // Differences between two versions: computed from two things that have ids.
    ...[
      'PartAdded',
      'PartMoved',
      'PartRenamed',
      'PartProperty',
      'PartRemoved',
      'PartsReordered',
      'PropertyChanged',
    ],
    ...['PropertyValue', 'Quantity', 'WorkflowDiff'],
    // Figures over many things, for the arguments they were asked with.
    ...['CampaignLeadTime', 'CampaignStats', 'GroupKey', 'MetricLine', 'MetricPoint', 'MetricSeries'],
    ...['MetricEffect', 'SampleSummary'],
    // What the record of a campaign shows, worked out when it is asked for.
    ...['Incident', 'IncidentDelay', 'IncidentCounts'],
    // Parts of a review, a calendar and a message.
    ...['DueReview', 'NotificationPart', 'PastPin', 'ReviewAdvice'],
    // Advice, worked out for what was given.
    ...[
      'AdvisedChange',
      'Assessment',
      'Complexity',
      'DecisionInput',
      'FirstStep',
      'InsertEntry',
      'ModelChoice',
    ],
    ...[
      'PatternAdvice',
      'PatternDecision',
      'CampaignTypePattern',
      'PatternReadiness',
      'PatternRecommendation',
    ],
    ...['PatternVote', 'SetValue', 'WorkflowEdit'],
    ...['QuarterlyReview', 'VersionLeadTime', 'WorkflowReview'],
    ...['StepFloat', 'StepRelevance', 'StepSlip', 'WhatIf', 'WorkflowOverhead'],
    ...['ForecastBasis', 'RoleLoad', 'StepCriticality', 'Portfolio', 'PortfolioEntry', 'PortfolioStep'],
    ...['MeetingLoad', 'PersonMeetings', 'CampaignMeetings'],
    ...[
      'Adherence',
      'CampaignAdherence',
      'CapacityConflict',
      'Deviation',
      'RedundantApproval',
      'StepWaiting',
    ],
    // Parts of a campaign, of a decision of one of its triggers, and of what was sent.
    ...['CampaignTask', 'PreviewedDecision', 'RejectedSignal', 'SignalHour', 'TriggerActionTaken'],
    ...['TriggerEvidence', 'TriggerPreview'],
    // Parts of a campaign's brief, of its plan of messages and of its people.
    ...[
      'AudienceList',
      'BriefChange',
      'BriefVersion',
      'CalendarViolation',
      'CampaignCheckpoint',
      'ContentCalendar',
    ],
    ...['ContentItem', 'MessageWindow', 'Spoke'],
    // How far a message is with one of the targets.
    'NotificationDelivery',
    // Parts of a plan, of a move and of a proposal, worked out for who asks.
    ...['Plan', 'PlanRef', 'PlannedDocument', 'PlannedForecast', 'PlannedLeadTime', 'PlannedWorkflow'],
    ...[
      'ApprovalChange',
      'Raci',
      'RaciChange',
      'TouchingChange',
      'CampaignDeviation',
      'LaunchPermit',
      'PilotCampaign',
      'WorkflowImpact',
    ],
    ...['CampaignImpact', 'PastImpact', 'DateShift', 'CampaignMigration', 'StepMapping', 'FormerStep'],
    ...['WorkflowProposal', 'PullRequestLink', 'HeldDefinition', 'WorkflowPin'],
    // Counted for who asks.
    ...['LibraryOverview', 'LibraryShelf', 'LibraryWorkflow'],
    ...['IncidentRegister', 'IncidentKindCount', 'IncidentCauseShare', 'CampaignIncident'],
    // Parts of a retrospective.
    ...['GivenAnswer', 'SurveyResult'],
    // A review and its parts are worked out for who asks; once completed it goes by its quarter.
    ...['VersionUse', 'Prediction', 'ReviewDecision', 'ReviewQuery', 'Attendee', 'CompletedReview'],
    // The audit history has one latest, and its position moves.
    'AuditCheckpoint',
    // What git knows, under git's own names: a hash, an address.
    ...['Commit', 'Person', 'Problem'],
    // One each: of the deployment, of the request.
    ...['MetricDefinition', 'Limits', 'DocumentCost', 'Repository', 'Viewer'],
  ],
};

/** `Type.field` whose name starts like its type. */
export const NAMED_LIKE_THEIR_TYPE = [
  // Git's own word, beside authoredAt.
  'Commit.committedAt',
];
