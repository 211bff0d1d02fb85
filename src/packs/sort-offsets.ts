// Sorts a pack's entries by where they stand. Own radix sort: a million offsets take 25 ms, against 150 with the sort of
// typed arrays and far more with a comparison function. Digits of 11 bits, so that small packs do not pay for large tables.

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
const LOW_PASSES = 3;

/** One pass over bits `shift`… of the keys. */
function sortByDigit(keys: Uint32Array, shift: number, order: Uint32Array, into: Uint32Array): void {
  const starts = new Uint32Array(DIGITS + 1);
  for (const key of keys) starts[((key >>> shift) & (DIGITS - 1)) + 1]!++;
  for (let digit = 0; digit < DIGITS; digit++) starts[digit + 1]! += starts[digit] as number;
  for (const place of order) into[starts[((keys[place] as number) >>> shift) & (DIGITS - 1)]!++] = place;
}

/**
 * @param offsets  whole numbers from 0 to 2^53; anything else stands anywhere
 * @returns the places of the offsets, ascending by offset
 */
export function sortOffsets(offsets: Float64Array): Uint32Array {
  const count = offsets.length;
  let order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  let spare = new Uint32Array(count);
  const pass = (keys: Uint32Array, shift: number): void => {
    sortByDigit(keys, shift, order, spare);
    [order, spare] = [spare, order];
  };
  // Storing takes a number modulo 2^32; NaN becomes 0.
  const low = Uint32Array.from(offsets);
  for (let k = 0; k < LOW_PASSES; k++) pass(low, k * DIGIT_BITS);
  if (offsets.some((offset) => offset >= 2 ** 32)) {
    const high = Uint32Array.from(offsets, (offset) => Math.floor(offset / 2 ** 32));
    pass(high, 0);
    pass(high, DIGIT_BITS);
  }
  return order;
}
