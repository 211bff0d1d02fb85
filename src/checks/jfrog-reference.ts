// JFrog reference tokens: base64 of `reftkn:01:`, an expiry in Unix seconds and 27 random characters.
// @source vectors; CredSweeper
import { decodeBase64, encodeBase64 } from '../util/base64.ts';
import type { Check } from './check.ts';
import { dateFact, FAIL, passWith, UNKNOWN } from './outcome.ts';

const START = 'cmVmdGtuOjAxO';

export const jfrogReference: Check = {
  name: 'jfrog-reference',
  test: (value) => {
    if (!value.startsWith(START) || value.length > 128) return UNKNOWN;
    const text = decodeBase64(value, 'base64')?.toString('latin1') ?? '';
    const parts = /^reftkn:01:([0-9]{10}):[A-Za-z0-9]{27}$/.exec(text);
    if (!parts) return FAIL;
    return Number(parts[1]) === 0 ? passWith('never expires') : passWith(dateFact('expires', Number(parts[1])));
  },
  mint: (random) => encodeBase64(Buffer.from(`reftkn:01:0000000000:${random.text('base62', 27)}`, 'latin1'), 'base64'),
};
