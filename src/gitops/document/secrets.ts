import type { Problem } from '../../domain/problem.js';
import { problemOf } from './place.js';
import type { Source } from './source.js';

/** Forms that the makers of tokens and keys publish, so that they can be found. */
const FORMATS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['an AWS access key', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['a GitHub token', /\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_[A-Za-z0-9_]{60,}\b/],
  ['a GitLab token', /\bglpat-[A-Za-z0-9_-]{20,}/],
  ['a Slack token', /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/],
  ['a Slack webhook', /hooks\.slack\.com\/services\/T\w+\/B\w+\/\w+/],
  ['a Stripe key', /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/],
  ['a Google key', /\bAIza[A-Za-z0-9_-]{35}/],
  ['a SendGrid key', /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/],
  ['a Mailchimp key', /\b[0-9a-f]{32}-us\d{1,2}\b/],
  ['a JSON web token', /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/],
  ['a password in a URL', /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]+:[^\s@/]{3,}@/],
];
/** A word that announces a secret, and what follows. */
const ANNOUNCED =
  /(?:password|passwd|secret|token|api[-_ ]?key|credential)s?["']?\s*[:=]\s*["']?([^\s"',}\]]{12,})/i;
/** Runs of characters that no word has. */
const LONG = /[A-Za-z0-9+/_=-]{24,}/g;
/** Bits per character; English words and ids joined with dashes stay below, random base64 lies above. */
const RANDOM_BITS = 4.3;

/** Passwords, tokens and keys in a text, by known formats and by how random they look; comments included. */
export function findSecrets(source: Source): Problem[] {
  const problems: Problem[] = [];
  let from = 0;
  for (const line of source.text.split('\n')) {
    const found = secretIn(line);
    if (found) {
      const span = { source, from: from + found.start, to: from + found.end };
      problems.push({
        ...problemOf('E_SECRET', `this looks like ${found.what}`, span),
        hint: 'take it out of the file and change it: whoever can read the repository has it',
      });
    }
    from += line.length + 1;
  }
  return problems;
}

function secretIn(line: string): { what: string; start: number; end: number } | null {
  for (const [what, pattern] of FORMATS) {
    const match = pattern.exec(line);
    if (match) return { what, start: match.index, end: match.index + match[0].length };
  }
  const announced = ANNOUNCED.exec(line);
  const value = announced?.[1];
  if (announced && value !== undefined && /\d/.test(value) && /[A-Za-z]/.test(value)) {
    const start = announced.index + announced[0].lastIndexOf(value);
    return { what: 'a password or token', start, end: start + value.length };
  }
  for (const match of line.matchAll(LONG)) {
    const [text] = match;
    if (!/\d/.test(text) || !/[a-z]/.test(text) || !/[A-Z]/.test(text) || bitsOf(text) < RANDOM_BITS)
      continue;
    return { what: 'a random token', start: match.index, end: match.index + text.length };
  }
  return null;
}

/** Shannon entropy per character. */
function bitsOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => {
    const share = count / text.length;
    return sum - share * Math.log2(share);
  }, 0);
}
