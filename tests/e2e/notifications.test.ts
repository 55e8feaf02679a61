import { startApi } from '../support/api.js';

const CREATE =
  'mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { refusals { message } } }';
const START = 'mutation ($input: StepInput!) { startStep(input: $input) { refusals { message } } }';
const COMPLETE = 'mutation ($input: StepInput!) { completeStep(input: $input) { refusals { message } } }';

/** How many statements it takes to start a step, of which nobody is told, and to complete it, of which somebody is. */
async function statements(targets: readonly string[]): Promise<[started: number, completed: number]> {
  const api = await startApi({ targets });
  try {
    const ask = async (document: string, input: object) => {
      const before = api.questions();
      const answer = await api.as().request<Record<string, { refusals: object[] }>>(document, { input });
      expect(Object.values(answer)).toEqual([{ refusals: [] }]);
      return api.questions() - before;
    };
    await ask(CREATE, { key: 'counted', name: 'Counted', workflow: 'product-launch' });
    const step = { campaign: 'counted', step: 'brief' };
    return [await ask(START, step), await ask(COMPLETE, step)];
  } finally {
    await api.close();
  }
}

describe('what notifications cost an action', () => {
  it('is no statement more', async () => {
    expect(await statements([])).toEqual([5, 5]);
    expect(await statements(['webhook one.example.com', 'slack two.example.com'])).toEqual([5, 5]);
  }, 90_000);
});
