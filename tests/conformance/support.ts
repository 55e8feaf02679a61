import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { readManifests, TrustedDocuments } from '../../src/http/documents.js';
import { startApi, type TestApi } from '../support/api.js';

/** This folder. */
export const HERE = import.meta.dirname;

/** What every suite asks, as files that codegen reads too; the names are those of `documents/` without the ending. */
export const documentOf = (...names: string[]): string =>
  names.map((name) => readFileSync(path.join(HERE, 'documents', `${name}.graphql`), 'utf8')).join('\n');

/** Creates campaigns on one workflow; the key of each is `prefix-<number>`. */
export async function createCampaigns(api: TestApi, prefix: string, count: number): Promise<string[]> {
  const keys = Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);
  const document = `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { refusals { message } } }`;
  for (const key of keys) {
    await api.as().request(document, { input: { key, name: key, workflow: 'product-launch' } });
  }
  return keys;
}

/** Begins the first step of a campaign, behind the back of whoever watches it. */
export const startBrief = (api: TestApi, campaign: string): Promise<unknown> =>
  api.as().request(documentOf('start-step', 'campaign-steps'), { input: { campaign, step: 'brief' } });

/** A socket that gives up at the first failure instead of trying again in silence. */
export const createSocket = (api: TestApi, connectionParams: Record<string, unknown> = {}): Client =>
  createClient({
    url: `${api.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams,
    retryAttempts: 0,
  });

/** What `/graphql` answers to a body. */
export async function post(api: TestApi, body: object): Promise<unknown> {
  const response = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.json();
}

/** The dashboard as it is built, and the documents that it asks for. */
export async function withDashboard(): Promise<{ dashboard: string; documents: TrustedDocuments }> {
  const dashboard = path.resolve(HERE, '../../dist/dashboard');
  const own = await readManifests([path.join(dashboard, 'documents.json')]);
  return { dashboard, documents: new TrustedDocuments(own, false) };
}

/** The service with a manifest as its allow-list: nothing else is answered. */
export const startTrusting = async (manifest: string): Promise<TestApi> =>
  startApi({ documents: new TrustedDocuments(await readManifests([manifest]), true) });
