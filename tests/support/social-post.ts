import { REVIEWER, type TestApi } from './api.js';
import { talker } from './brief-world.js';

/** Campaigns on the simplest workflow of the project, played through the API. */
export function socialPosts(api: TestApi) {
  const { act } = talker(api);
  const did = async (...[name, input, actor, roles]: Parameters<typeof act>): Promise<void> =>
    expect(await act(name, input, actor, roles)).toEqual([]);
  async function step(campaign: string, key: string): Promise<void> {
    for (const name of ['startStep', 'completeStep'])
      expect(
        await api
          .as()
          .request(
            `mutation { payload: ${name}(input: { campaign: "${campaign}", step: "${key}" }) { refusals { message } } }`,
          ),
      ).toEqual({ payload: { refusals: [] } });
  }
  return {
    did,
    step,
    create: (key: string) => did('createCampaign', { key, name: key, workflow: 'social-post' }),
    /** From the brief to the end. @param beforeEnd is done once its channel is live */
    play: async (
      campaign: string,
      beforeEnd: () => Promise<unknown> = () => Promise.resolve(),
    ): Promise<void> => {
      for (const key of ['brief', 'write-post']) await step(campaign, key);
      const text = 'Lamps for everybody.';
      await did('addAsset', { campaign, key: 'post', channel: 'social', text, segments: [] });
      await did('approve', { campaign, step: 'brand-approval' }, ...REVIEWER);
      await did('launchChannel', { campaign, channel: 'social' });
      await beforeEnd();
      await step(campaign, 'retrospective');
      await did('endCampaign', { campaign });
    },
  };
}
