// A sending tool that refuses by itself: it sends nothing without a permit of Weir for exactly this campaign, channel and content.
// It needs Weir's public keys once, and no network after that. `npm install` comes first; CONTENT.json is an array of the channel's assets,
// as `campaign { assets { key channel links offer segments text } }` gives them.
//
//   node send.js KEYS.json CAMPAIGN CHANNEL CONTENT.json < PERMIT
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { createLocalJWKSet, jwtVerify } from 'jose';

const [keys, campaign, channel, file] = process.argv.slice(2);
const content = JSON.parse(readFileSync(file, 'utf8'));

try {
  const permit = (await text(process.stdin)).trim();
  const set = createLocalJWKSet(JSON.parse(readFileSync(keys, 'utf8')));
  // Checks the signature and that the permit has not expired.
  const { payload } = await jwtVerify(permit, set, { algorithms: ['EdDSA'], audience: 'weir:launch' });
  if (payload.campaign !== campaign || payload.channel !== channel)
    throw new Error(`the permit is for ${payload.channel} of ${payload.campaign}`);
  if (payload.contentHash !== hashOf(content)) throw new Error('the permit is for other content');
  for (const { key } of content) console.log(`sent ${key} on ${channel}`);
} catch (error) {
  console.error(`not sent: ${error.message}`);
  process.exitCode = 1;
}

/** As Weir does it: what is sent, by key, with the fields in the order of their names. */
function hashOf(assets) {
  const sorted = assets
    .toSorted((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ key, links = [], offer = null, segments = [], text }) => ({ key, links, offer, segments, text }));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}
