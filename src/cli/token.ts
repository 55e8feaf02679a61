import { createToken, listTokens, revokeToken } from '../application/api-tokens.js';
import { randomTokens } from '../application/random-tokens.js';
import type { Refusal } from '../domain/campaign/refusal.js';
import { type ApiToken, TOKEN_USES, type TokenUse, whySpent } from '../domain/access/api-token.js';
import { actorOf, LOCAL_ACTOR, PERMISSIONS } from '../domain/campaign/actor.js';
import { openDatabase, type Running } from '../compose.js';
import type { Config } from '../config/config.js';
import { createLogger } from '../observability/logger.js';
import { complain, print, printJson, UsageError } from './output.js';

export interface CreateTokenCommand {
  readonly role: readonly string[];
  readonly use: readonly string[];
  readonly days: string;
  readonly format: string;
}

/** Makes a token in the database of this configuration and prints it: it alone on the standard output, so that it can be piped on. */
export function createTokenFor(config: Config, name: string, command: CreateTokenCommand): Promise<boolean> {
  const { role: roles, use: uses, days, format } = command;
  const unknown = uses.find((use) => !(TOKEN_USES as readonly string[]).includes(use));
  if (unknown !== undefined)
    throw new UsageError(`--use is one of ${TOKEN_USES.join(', ')}, not '${unknown}'`);
  return withDatabase(config, async ({ ports }) => {
    const { tokens: before } = await listTokens(ports, LOCAL_ACTOR, 1);
    const wanted = { name, roles, uses: uses as readonly TokenUse[], days: Number(days) };
    const { token, text, refusals } = await createToken(ports, LOCAL_ACTOR, wanted, randomTokens);
    if (token === null || text === null) return told(refusals);
    if (actorOf(name, roles).permissions.size === 0)
      complain(`none of its roles is a permission (${PERMISSIONS.join(', ')}): nothing can be asked with it`);
    if (before.length === 0 && config.jwksUrl === undefined)
      complain('it is the first token: from now on no server on this database answers anybody without one');
    if (format === 'json') printJson({ ...token, secret: text });
    else {
      complain(
        `token '${token.id}' acts as 'token:${name}' until ${day(token.expiresAt)}; it is shown only here:`,
      );
      print(text);
    }
    return true;
  });
}

export function listTokensOf(config: Config, { format }: { readonly format: string }): Promise<boolean> {
  return withDatabase(config, async ({ ports }) => {
    const { tokens } = await listTokens(ports, LOCAL_ACTOR);
    const shown = tokens.map(({ hash: _, ...token }) => token);
    if (format === 'json') printJson(shown);
    else if (shown.length === 0) print('there are no tokens');
    else
      for (const token of shown)
        print(
          [
            ...[token.id, token.name.padEnd(20), token.roles.join(','), token.uses.join(',') || 'everywhere'],
            `${stateOf(token, ports.clock.now())}, last used ${token.lastUsedAt ? day(token.lastUsedAt) : 'never'}`,
          ].join('  '),
        );
    return true;
  });
}

export function revokeTokenOf(config: Config, id: string): Promise<boolean> {
  return withDatabase(config, async ({ ports }) => {
    const { token, refusals } = await revokeToken(ports, LOCAL_ACTOR, id);
    if (token) print(`token '${id}' (${token.name}) is not taken any more`);
    return told(refusals);
  });
}

async function withDatabase(config: Config, work: (running: Running) => Promise<boolean>): Promise<boolean> {
  const running = await openDatabase(config, createLogger('warn', process.stderr));
  try {
    return await work(running);
  } finally {
    await running.stop();
  }
}

function told(refusals: readonly Refusal[]): boolean {
  for (const { message } of refusals) complain(`weir: ${message}`);
  return refusals.length === 0;
}

const stateOf = (token: ApiToken, now: Date): string =>
  whySpent(token, now)?.replace('the token ', '') ?? `good until ${day(token.expiresAt)}`;
const day = (moment: Date): string => moment.toISOString().slice(0, 10);
