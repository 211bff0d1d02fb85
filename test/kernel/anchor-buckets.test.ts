// Where anchors are put: every place is sound, places found before stay, and looking longer finds cheaper ones.
import { expect, test } from 'vitest';
import { type AnchorPlaces, type KernelAnchor, placeAnchors } from '../../src/kernel/anchor-buckets.ts';
import { bytesOf } from '../../src/kernel/fold.ts';
import { lightShare } from '../../src/kernel/light-share.ts';

const LITERALS = [
  'password',
  'secret',
  'token',
  'auth',
  '://',
  '-----begin',
  'sshpass',
  'curl ',
  'machine ',
  '&#x',
  'pwd',
  'apikey',
];
const anchors = (literals: readonly string[]): KernelAnchor[] =>
  literals.map((literal, id) => ({ id, literal, demand: 'none' }));

function costOf(places: AnchorPlaces): number {
  let cost = 0;
  for (let which = 0; which < 8; which++) {
    const fours = Object.entries(places).flatMap(([literal, [bucket, at]]) =>
      bucket === which ? [bytesOf(literal, true).subarray(at, at + 4)] : [],
    );
    if (fours.length > 0) cost += lightShare(fours);
  }
  return cost;
}

test.each([0, 500])('gives each literal a bucket and bytes of its own, after %i steps', (steps) => {
  const places = placeAnchors(anchors(LITERALS), { steps });
  expect(Object.keys(places).sort()).toEqual([...LITERALS].sort());
  for (const [literal, [bucket, markAt]] of Object.entries(places)) {
    expect(bucket).toBeGreaterThanOrEqual(0);
    expect(bucket).toBeLessThan(8);
    expect(markAt).toBeLessThanOrEqual(Math.max(0, literal.length - 4));
  }
});

test('looking longer finds places that cost less, and always the same', () => {
  const quick = placeAnchors(anchors(LITERALS), {});
  const slow = placeAnchors(anchors(LITERALS), { steps: 3000 });
  expect(costOf(slow)).toBeLessThan(costOf(quick));
  expect(placeAnchors(anchors(LITERALS), { steps: 3000 })).toEqual(slow);
});

test('known places stay, new literals are added', () => {
  const known = placeAnchors(anchors(LITERALS), { steps: 500 });
  const places = placeAnchors(anchors([...LITERALS.slice(3), 'mnemonic']), { known });
  const { mnemonic, ...rest } = places;
  expect(rest).toEqual(Object.fromEntries(LITERALS.slice(3).map((literal) => [literal, known[literal]])));
  expect(mnemonic).toBeDefined();
});
