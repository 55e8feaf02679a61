import { randomBytes, randomInt } from 'node:crypto';
import type { TokenSource } from './api-tokens.js';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Ids of 62 bits, which tokens are told apart by, and secrets of 256, which nobody guesses. */
export const randomTokens: TokenSource = {
  id: () => Array.from({ length: 12 }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
  secret: () => randomBytes(32).toString('base64url'),
};
