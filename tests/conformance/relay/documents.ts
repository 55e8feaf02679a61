import { graphql } from 'relay-runtime';

// Read by the Relay compiler, which is where these become something that can run; nothing imports this file.

graphql`
  fragment documentsHistory on Query
  @argumentDefinitions(count: { type: "Int!" }, cursor: { type: "String" })
  @refetchable(queryName: "documentsHistoryNextQuery") {
    workflowHistory(first: $count, after: $cursor) @connection(key: "documents_workflowHistory") {
      edges {
        node {
          id
          kind
          summary
        }
      }
    }
  }
`;

graphql`
  query documentsHistoryQuery($count: Int!, $cursor: String) {
    ...documentsHistory @arguments(count: $count, cursor: $cursor)
  }
`;

graphql`
  fragment documentsCampaign on Campaign @refetchable(queryName: "documentsCampaignAgainQuery") {
    id
    key
    status
    steps {
      key
      status
    }
  }
`;

graphql`
  query documentsCampaignQuery($key: String!) {
    campaign(key: $key) {
      ...documentsCampaign
    }
  }
`;

graphql`
  mutation documentsStartStepMutation($input: StepInput!) {
    startStep(input: $input) {
      campaign {
        ...documentsCampaign
      }
      refusals {
        code
        message
      }
    }
  }
`;

graphql`
  subscription documentsCampaignChangedSubscription($key: String!) {
    campaignChanged(key: $key) {
      ...documentsCampaign
    }
  }
`;
