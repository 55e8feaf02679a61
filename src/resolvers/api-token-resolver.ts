import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { createToken, listTokens, revokeToken } from '../application/api-tokens.js';
import { randomTokens } from '../application/random-tokens.js';
import type { TokenUse } from '../domain/access/api-token.js';
import {
  ApiTokenType,
  CreateApiTokenInput,
  CreateApiTokenPayload,
  RevokeApiTokenInput,
  RevokeApiTokenPayload,
} from '../schema/api-token-types.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { forbidden } from './arguments.js';
import type { Context } from './context.js';

@Resolver()
export class ApiTokenResolver {
  @semanticNonNull
  @Query(() => [ApiTokenType], {
    nullable: true,
    description: 'API tokens, those that are not taken any more too, newest first. For admins.',
  })
  async apiTokens(@Ctx() { ports, actor }: Context) {
    const { tokens, refusals } = await listTokens(ports, actor);
    const [denied] = refusals;
    if (denied) throw forbidden(denied.message);
    return tokens;
  }

  @semanticNonNull
  @Mutation(() => CreateApiTokenPayload, {
    nullable: true,
    description:
      'Makes an API token. From the first one on, nobody is let in without a token after the next start.',
  })
  async createApiToken(
    @Arg('input', () => CreateApiTokenInput, { description: 'What it is for.' })
    { name, roles, uses, days }: CreateApiTokenInput,
    @Ctx() { ports, actor }: Context,
  ) {
    const wanted = { name, roles, days, uses: uses as TokenUse[] };
    const { token, text, refusals } = await createToken(ports, actor, wanted, randomTokens);
    return { token, secret: text, refusals };
  }

  @semanticNonNull
  @Mutation(() => RevokeApiTokenPayload, {
    nullable: true,
    description: 'Makes an API token useless: at once for requests, within a minute for open sockets.',
  })
  revokeApiToken(
    @Arg('input', () => RevokeApiTokenInput, { description: 'Which one.' })
    { token }: RevokeApiTokenInput,
    @Ctx() { ports, actor }: Context,
  ) {
    return revokeToken(ports, actor, token);
  }
}
