// Azure DevOps tokens: the worked example.
import { expect, test } from 'vitest';
import { azureDevopsPat } from '../../src/checks/azure-devops-pat.ts';
import { encodeBase32 } from '../../src/util/base32.ts';

function buildToken(checksum: readonly number[]): string {
  const bytes = Buffer.from('INVENTED-NOT-A-TOKEN-INVENTED-NO', 'latin1');
  [2, 7, 8, 22].forEach((index, place) => {
    bytes[index] = checksum[place]!;
  });
  return encodeBase32(bytes).toLowerCase();
}

test('the worked example, as a user and as an application', () => {
  const token = buildToken([0xd9, 0x22, 0xc1, 0x92]);
  expect([token.slice(0, 8), token.slice(-4)]).toEqual(['jfhnsrko', 'jzhq']);
  expect(azureDevopsPat.test(token)).toEqual({ result: 'pass', note: 'user token' });
  // 399ba8bf combined with the application's mask 1019f92e.
  expect(azureDevopsPat.test(buildToken([0x29, 0x82, 0x51, 0x91]))).toEqual({
    result: 'pass',
    note: 'application token',
  });
  expect(azureDevopsPat.test(buildToken([0x29, 0x82, 0x51, 0x92])).result).toBe('fail');
});

test('52 letters that are no base32 of 32 bytes fail, other lengths are unknown', () => {
  expect(azureDevopsPat.test(`${'a'.repeat(51)}b`).result).toBe('fail');
  expect(azureDevopsPat.test('a'.repeat(51)).result).toBe('unknown');
});
