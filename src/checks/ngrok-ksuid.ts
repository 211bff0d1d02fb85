// ngrok tokens start with a KSUID: 27 base62 characters, whose first four bytes are the time of issue.
import { BASE62, decodeInteger, encodeInteger } from '../util/base-n.ts';
import type { Check } from './check.ts';
import { dateFact, passWith, UNKNOWN } from './outcome.ts';

/** KSUID time starts on 13 May 2014. */
const EPOCH_SECONDS = 1_400_000_000;
/** First digit of what was issued from February 2018 to the early 2030s. */
const FIRST_DIGITS = /^[1-4]/;

/** The form is from peers' rules, so another start says nothing. */
export const ngrokKsuid: Check = {
  name: 'ngrok-ksuid',
  test: (value) => {
    const text = /^([0-9A-Za-z]{27})(?:_[0-9A-Za-z]{10,40})?$/.exec(value)?.[1];
    if (text === undefined || !FIRST_DIGITS.test(text)) return UNKNOWN;
    const seconds = Number((decodeInteger(text, BASE62) ?? 0n) >> 128n);
    return passWith(dateFact('issued', seconds + EPOCH_SECONDS));
  },
  mint: (random) =>
    `2${random.text('base62', 26)}_${encodeInteger(1 + random.integer(9), BASE62, 1)}${random.text('base62', 20)}`,
};
