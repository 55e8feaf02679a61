/** Every document that the dashboard sends. The server trusts them by their text, in allow-list mode too. */
export const PORTFOLIO = `query ($first: Int, $after: String, $filter: CampaignFilterInput) {
  campaigns(first: $first, after: $after, filter: $filter) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes {
      key name status risk plannedLaunchAt launchedAt
      workflowVersion { number workflow { key name } }
      steps { name status }
      gates { key status onFail }
    }
  }
}`;

export const CAMPAIGN = `query ($key: String!) {
  campaign(key: $key) {
    key name status risk createdAt plannedLaunchAt brief { name text }
    workflowVersion { number workflow { key name } }
    channels { channel status plannedAt launchedAt }
    steps { key name kind section lane channel status round missing responsible }
    gates { key at status missing approvers results { metric bound limit { number duration } value { number duration } passed isStated } }
    metrics { title unit value notes evidence { message } }
    convergence { isConverged dimensions { dimension agrees since } }
    handoffs { key from to status missing }
    approvals { step decision role actor comment decidedAt }
  }
}`;

export const WORKFLOWS = `{ workflows(first: 100) { nodes { key name model pattern status steward currentVersion { number } campaigns(first: 0) { totalCount } } } }`;

export const WORKFLOW = `query ($key: String!) {
  workflow(key: $key) { key name model pattern status steward currentVersion { number } campaigns(first: 0) { totalCount } diagram(as: SVG) problems { file line message } }
  workflowHistory(workflow: $key, first: 50) { nodes { kind summary classification authoredAt author { name } commit { sha } } }
}`;

const action = (mutation: string, input: string): string =>
  `mutation ($input: ${input}!) { payload: ${mutation}(input: $input) { refusals { code message missing askRole } } }`;

export const ACCEPT_HANDOFF = action('acceptHandoff', 'AcceptHandoffInput');
export const APPROVE = action('approve', 'ApproveInput');
export const COMPLETE_STEP = action('completeStep', 'StepInput');
export const END_CAMPAIGN = action('endCampaign', 'EndCampaignInput');
export const EVALUATE_GATE = action('evaluateGate', 'EvaluateGateInput');
export const LAUNCH_CHANNEL = action('launchChannel', 'LaunchChannelInput');
export const REJECT = action('reject', 'RejectInput');
export const START_STEP = action('startStep', 'StepInput');
