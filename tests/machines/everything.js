import { ask } from './load.js';

/** What the API answers of all there is. */
export async function everything(url) {
  const campaigns = [];
  const page = `query ($after: String) { campaigns(first: 100, after: $after, orderBy: { field: KEY, direction: ASC }) {
    nodes { key name status createdAt steps { key status } } pageInfo { hasNextPage endCursor } } }`;
  for (let after = null, isMore = true; isMore;) {
    const { data } = await ask(url, page, { after });
    campaigns.push(...data.campaigns.nodes);
    ({ endCursor: after, hasNextPage: isMore } = data.campaigns.pageInfo);
  }
  const { data } = await ask(
    url,
    '{ auditLog(first: 1) { totalCount nodes { action subject afterHash } } workflows { nodes { key currentVersion { number hash } } } }',
  );
  return {
    campaigns,
    records: data.auditLog.totalCount,
    last: data.auditLog.nodes,
    workflows: data.workflows.nodes,
  };
}
