// Published values are known whole, in any case, and by their start; what looks like them is not. The values are built from
// pieces, so that none stands in this file.
import { expect, test } from 'vitest';
import { isPublishedValue } from '../../src/util/published-values.ts';
import { RandomText } from '../../src/util/random-text.ts';

/** The seed in the description of the otpauth URI, the key of FIPS 197, the key of a storage emulator. */
const SEED = 'JBSWY3DP' + 'EHPK3PXP';
const AES = '2b7e151628aed2a6' + 'abf7158809cf4f3c';
const EMULATOR = 'Eby8vdM02xNOcqFl' + 'qUwJPLlmEtlCDXJ1';

test.each([SEED, SEED.toLowerCase(), AES, AES.toUpperCase(), EMULATOR, `${EMULATOR}OUzFT50uSRZ6IFsuFq2U`])(
  'published: %s',
  (value) => {
    expect(isPublishedValue(value)).toBe(true);
  },
);

test.each([SEED.slice(1), `${SEED}A`, EMULATOR.slice(0, 31), '', new RandomText(5).text('base62', 40)])(
  'not published: %s',
  (value) => {
    expect(isPublishedValue(value)).toBe(false);
  },
);
