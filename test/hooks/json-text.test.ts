// A member that is added and taken away again leaves every byte as it was, whatever the file looks like.
import { describe, expect, test } from 'vitest';
import { addMember, changeRawString, parseJsonFile, prefixString, removeMember } from '../../src/hooks/json-text.ts';
import { RandomText } from '../../src/util/random-text.ts';

describe('addMember', () => {
  test.each([
    ['{\n\t"a": {\n\t\t"b": 1\n\t}\n}\n', '{\n\t"a": {\n\t\t"b": 1,\n\t\t"new": "x"\n\t}\n}\n'],
    ['{"a":{"b":1}}', '{"a":{"b":1,"new": "x"}}'],
    ['{ "a": {} }', '{ "a": {"new": "x"} }'],
    [
      '{"a": {\r\n    "b": [1, 2],\r\n    "c": "}"\r\n}}\r\n',
      '{"a": {\r\n    "b": [1, 2],\r\n    "c": "}",\r\n    "new": "x"\r\n}}\r\n',
    ],
    ['\uFEFF{"z":0,"a":{"b":"\\"{"}}', '\uFEFF{"z":0,"a":{"b":"\\"{","new": "x"}}'],
  ])('%j', (before, after) => {
    expect(addMember(before, ['a'], 'new', 'x')).toBe(after);
    expect(removeMember(after, ['a', 'new'])).toBe(before);
  });
});

test('a text in front of a string, and away again, with the escapes of before', () => {
  const before = '{"a": "caf\\u00e9 \\/ \\"x\\""}';
  const after = prefixString(before, ['a'], 'say "hi"\n');
  expect(JSON.parse(after)).toEqual({ a: 'say "hi"\ncafé / "x"' });
  expect(changeRawString(after, ['a'], (raw) => raw.replace('say \\"hi\\"\\n', ''))).toBe(before);
});

test('the last of equal keys is the one that counts', () => {
  expect(JSON.parse(prefixString('{"a":"1","a":"2"}', ['a'], 'x'))).toEqual({ a: 'x2' });
});

test('what is no object is refused', () => {
  expect(() => parseJsonFile('[1]', 'f.json')).toThrow('f.json: holds no JSON object; mend it first');
  expect(() => parseJsonFile('{', 'f.json')).toThrow('f.json: is no JSON; mend it first');
});

test('random objects: the same value with one member more, and back to the same bytes', () => {
  const seed = 20_260_913;
  const random = new RandomText(seed);
  const space = () => random.pick(['', ' ', '\n  ', '\t', '\r\n']);
  const string = () => JSON.stringify(random.pick(['a', 'b"', '}', '{', ',', ':', '\\', 'ü', '', ']', 'long key']));
  const make = (depth: number): string => {
    const kind = random.integer(depth > 3 ? 3 : 5);
    if (kind === 0) return string();
    if (kind === 1) return random.pick(['1', '-2e3', 'true', 'null']);
    const items = Array.from(
      { length: random.integer(4) },
      () => `${space()}${kind > 2 ? `${string()}${space()}:${space()}` : ''}${make(depth + 1)}${space()}`,
    );
    return kind > 2 ? `{${items.join(',')}${items.length === 0 ? space() : ''}}` : `[${items.join(',')}]`;
  };
  let objects = 0;
  for (let round = 0; round < 4000; round++) {
    const inner = make(0);
    const text = `${space()}{${space()}"x"${space()}:${space()}${inner}${space()}}${space()}`;
    if (!inner.startsWith('{')) continue;
    objects++;
    const added = addMember(text, ['x'], 'unleak', round);
    const where = { seed, round, text };
    expect({ ...where, value: JSON.parse(added) }).toEqual({
      ...where,
      value: { x: { ...JSON.parse(inner), unleak: round } },
    });
    expect({ ...where, back: removeMember(added, ['x', 'unleak']) }).toEqual({ ...where, back: text });
  }
  expect(objects).toBeGreaterThan(1000);
});
