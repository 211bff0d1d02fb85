// crates.io, Confluent and Elastic: the worked examples.
import { expect, test } from 'vitest';
import { confluentCrc32, cratesTrustpub, elasticCloud } from '../../src/checks/short-tails.ts';
import { exampleText } from './example-text.ts';

test('crates.io trusted publishing', () => {
  expect(cratesTrustpub.test(`cio_tp_${exampleText(31)}e`).result).toBe('pass');
  expect(cratesTrustpub.test(`cio_tp_${exampleText(31)}f`).result).toBe('fail');
  expect(cratesTrustpub.test(`cio${exampleText(32)}`).result).toBe('unknown');
});

test('Confluent: a mismatch says nothing', () => {
  expect(confluentCrc32.test(`cflt${exampleText(54)}oxHT3Q`).result).toBe('pass');
  expect(confluentCrc32.test(`cflt${exampleText(54)}oxHT3R`).result).toBe('unknown');
});

test('Elastic: the last twelve characters hold the checksum of the 60 inside', () => {
  const pair = Buffer.from(`${exampleText(20)}:${exampleText(22)}`).toString('base64');
  expect(pair).toHaveLength(60);
  const head = `essu_${Buffer.from(pair).toString('base64')}`;
  expect(elasticCloud.test(`${head}AAAAAIS8Gqg=`).result).toBe('pass');
  expect(elasticCloud.test(`${head}AAAAAIS8Gqk=`).result).toBe('unknown');
});
