// GitLab's routable tokens: the worked example, custom prefixes, the older form and the inner tests.
import { expect, test } from 'vitest';
import { gitlabRoutable } from '../../src/checks/gitlab-routable.ts';
import { encodeInteger } from '../../src/util/base-n.ts';
import { crc32 } from '../../src/util/crc32.ts';
import { RandomText } from '../../src/util/random-text.ts';

const PREFIX = ['glpat', ''].join('-');
const PAYLOAD = 'RUVFRUVFRUVFRUVFRUVFRW86MQM';

function withChecksum(hashed: string): string {
  return hashed + encodeInteger(crc32(hashed), '0123456789abcdefghijklmnopqrstuvwxyz', 7);
}

test('the worked example', () => {
  expect(gitlabRoutable.test(`${PREFIX}${PAYLOAD}.01.0r15lo95b`)).toEqual({ result: 'pass', note: 'organization 1' });
  expect(gitlabRoutable.test(`${PREFIX}${PAYLOAD}.01.0r15lo95c`).result).toBe('fail');
  expect(gitlabRoutable.test(`other-${PAYLOAD}.01.0r15lo95b`).result).toBe('fail');
});

test('a custom prefix, and the form without a version', () => {
  expect(gitlabRoutable.test(withChecksum(`my-own-prefix-${PAYLOAD}.01.0r`)).result).toBe('pass');
  expect(gitlabRoutable.test(withChecksum(`${PREFIX}${PAYLOAD}.0r`)).result).toBe('pass');
});

test('routing ids are told in decimal', () => {
  const outcome = gitlabRoutable.test(gitlabRoutable.mint!(new RandomText(3), PREFIX));
  expect(outcome.result).toBe('pass');
  expect(outcome.note).toMatch(/^organization 1, user [1-9][0-9]{0,7}$/);
});

test('a right checksum around a wrong length is a form that is not known', () => {
  expect(gitlabRoutable.test(withChecksum(`${PREFIX}${PAYLOAD}.01.0q`)).result).toBe('unknown');
});

test('the old form of 20 characters has nothing to test', () => {
  expect(gitlabRoutable.test(PREFIX + 'EXAMPLE'.repeat(3).slice(0, 20)).result).toBe('unknown');
});
