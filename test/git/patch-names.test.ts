import { describe, expect, it } from 'vitest';
import { parseGitHeader, parseSideName, stripPrefixes, unquoteName } from '../../src/git/patch-names.ts';

describe('unquoteName', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['plain name', 'plain name'],
    ['"a\\"b\\\\c\\td\\ne"', 'a"b\\c\td\ne'],
    ['"\\303\\244"', '\u00e4'],
    ['"\\377"', '\ufffd'],
    ['"not ended', '"not ended'],
    ['"ended" early', '"ended" early'],
    ['""', ''],
    ['\u00c3\u00a4', '\u00e4'],
  ];
  it.each(cases)('%j', (quoted, name) => {
    expect(unquoteName(quoted)).toBe(name);
  });
});

describe('parseSideName', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['a/file', 'a/file'],
    ['a/file with blanks\t', 'a/file with blanks'],
    ['file\t2024-01-02 03:04:05.000000000 +0000', 'file'],
    ['/dev/null', undefined],
    ['/dev/null\t1970-01-01', undefined],
    ['"a/quo\\"te"\t', 'a/quo"te'],
    ['a/file\r', 'a/file'],
    ['', undefined],
  ];
  it.each(cases)('%j', (rest, name) => {
    expect(parseSideName(rest)).toBe(name);
  });
});

describe('git headers without their prefixes', () => {
  const cases: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ['a/x b/x', 'x', 'x'],
    ['a/x y b/x y', 'x y', 'x y'],
    ['i/x w/x', 'x', 'x'],
    ['x x', 'x', 'x'],
    ['a/x a/x', 'a/x', 'a/x'],
    ['b/x b/x', 'b/x', 'b/x'],
    ['"a/\\303\\244" "b/\\303\\244"', '\u00e4', '\u00e4'],
    ['a/old "b/n\\tew"', 'old', 'n\tew'],
    ['"a/o\\tld" b/new', 'o\tld', 'new'],
    ['a/old b/new', 'old', 'new'],
    ['lonely', 'lonely', 'lonely'],
  ];
  it.each(cases)('%j', (rest, oldName, newName) => {
    expect(stripPrefixes(parseGitHeader(rest))).toEqual({ oldName, newName });
  });

  it('takes a lone a/ or b/ for a prefix', () => {
    expect(stripPrefixes({ oldName: undefined, newName: 'b/x' })).toEqual({ oldName: undefined, newName: 'x' });
    expect(stripPrefixes({ oldName: 'a/x', newName: undefined })).toEqual({ oldName: 'x', newName: undefined });
    expect(stripPrefixes({ oldName: undefined, newName: 'c/x' })).toEqual({ oldName: undefined, newName: 'c/x' });
  });
});
