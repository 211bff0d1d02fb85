// Pieces of text are kept once each, told apart by every byte and by where their candidates stand, and there is an end to it.
import { expect, test } from 'vitest';
import { ANY_PATH, createSurroundings } from '../../src/history/surroundings.ts';
import { RandomText } from '../../src/util/random-text.ts';

const SEED = Number(process.env.FUZZ_SEED ?? 41);

test(`fuzz, FUZZ_SEED=${SEED}: the same number for the same piece and no other`, () => {
  const random = new RandomText(SEED);
  const list = createSurroundings();
  const numbers = new Map<string, number>();
  const texts = Array.from({ length: 40 }, () => random.text('base62', 30 + random.integer(60)));
  for (let round = 0; round < 3000; round++) {
    const text = random.pick(texts);
    // One byte differs, seldom one that goes into the sample.
    const at = random.integer(4);
    const piece = `${text.slice(0, at)}${random.pick(['x', 'y'])}${text.slice(at)}`;
    const [start, end] = [random.integer(3), 10 + random.integer(3)];
    const number = list.add(Buffer.from(piece), start, end);
    const key = `${start} ${end} ${piece}`;
    expect(numbers.get(key) ?? number).toBe(number);
    numbers.set(key, number);
  }
  expect(new Set(numbers.values()).size).toBe(numbers.size);
  expect(list.all.map(({ text, ownStart, ownEnd }) => `${ownStart} ${ownEnd} ${text}`)).toEqual([...numbers.keys()]);
});

test('the piece is a copy', () => {
  const list = createSurroundings();
  const bytes = Buffer.from('what stands around');
  list.add(bytes, 0, 4);
  bytes.fill(0);
  expect(list.all[0]?.text.toString()).toBe('what stands around');
});

test('pieces made to look alike are not kept without end: their files are read again', () => {
  const list = createSurroundings();
  const numbers = Array.from({ length: 1000 }, (_, i) =>
    list.add(Buffer.from(`a${String(i).padStart(10, '0')}`), 0, 5),
  );
  expect(numbers.filter((number) => number === ANY_PATH).length).toBeGreaterThan(900);
  expect(list.add(Buffer.from('a0000000000'), 0, 5)).toBe(0);
});
