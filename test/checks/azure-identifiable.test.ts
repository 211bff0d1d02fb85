// Azure's signed keys: the worked examples, built here from their bytes.
import { expect, test } from 'vitest';
import { azureIdentifiable } from '../../src/checks/azure-identifiable.ts';
import { marvin32, seedFromName } from '../../src/util/marvin32.ts';
import { RandomText } from '../../src/util/random-text.ts';

const FILLER = Buffer.from('INVENTED-NOT-A-KEY-'.repeat(4), 'latin1');

/** Filler bytes, the signature's four bytes before the checksum, the checksum as stored. */
function buildKey(size: number, signatureBytes: string, checksum: string, alphabet: 'base64' | 'base64url'): string {
  const mark = Buffer.from(signatureBytes, 'hex');
  const bytes = Buffer.concat([FILLER.subarray(0, size - 4 - mark.length), mark, Buffer.from(checksum, 'hex')]);
  return bytes.toString(alphabet).padEnd(Math.ceil(size / 3) * 4, '=');
}

test('storage: 64 bytes, seed Default0', () => {
  const mark = Buffer.from('+ASt', 'base64').toString('hex');
  const key = buildKey(64, mark, 'ceb15f5b', 'base64');
  expect(key.endsWith(['RVkt', 'AStzrFfWw=='].join('+'))).toBe(true);
  expect(azureIdentifiable.test(key)).toEqual({ result: 'pass', note: 'Azure Storage key' });
  expect(azureIdentifiable.test(buildKey(64, mark, 'ceb15f5c', 'base64')).result).toBe('fail');
});

test('Service Bus: 32 bytes, the signature two bits off a byte', () => {
  const key = FILLER.subarray(0, 32).toString('base64').slice(0, 28) + ['VkVOV', 'ASbOustww='].join('+');
  expect(azureIdentifiable.test(key)).toEqual({ result: 'pass', note: 'Azure Service Bus key, send' });
});

test('Functions: 40 bytes in base64url', () => {
  const bytes = Buffer.from(FILLER.subarray(0, 40));
  const tail = Buffer.from('VC1BAzFuianwcg==', 'base64');
  tail.copy(bytes, 40 - tail.length);
  const key = bytes.toString('base64url').padEnd(56, '=');
  expect(azureIdentifiable.test(key)).toEqual({ result: 'pass', note: 'Azure Functions key, function' });
});

test('Redis keys in which + and / became letters, also in the seal', () => {
  let changed = 0;
  for (let seed = 0; seed < 200; seed++) {
    const random = new RandomText(seed);
    const mark = Buffer.from(azureIdentifiable.mint!(random, 'AzCa'), 'base64');
    // Clean the body first, then seal what is left, then replace in the seal: the text ends as the service writes it.
    const body = `${mark.toString('base64').replaceAll('+', 'P').replaceAll('/', 'F').slice(0, 37)}A`;
    const bytes = Buffer.from(body.padEnd(43, 'A'), 'base64');
    bytes.writeUInt32LE(marvin32(bytes.subarray(0, 28), seedFromName('Access00')), 28);
    const sealed = bytes.toString('base64');
    const key = sealed.replaceAll('+', 'P').replaceAll('/', 'F');
    if (key === sealed) continue;
    changed++;
    expect(azureIdentifiable.test(key), `seed ${seed}`).toEqual({ result: 'pass', note: 'Azure Cache for Redis key' });
    expect(azureIdentifiable.test(`${key[0] === 'Q' ? 'R' : 'Q'}${key.slice(1)}`).result).toBe('unknown');
  }
  expect(changed).toBeGreaterThan(5);
});

test('a service without a published seed, and a stranger, are unknown', () => {
  const random = new RandomText(1);
  expect(azureIdentifiable.test(azureIdentifiable.mint!(random, 'AZEG')).result).toBe('unknown');
  expect(azureIdentifiable.test(random.text('base64', 86)).result).toBe('unknown');
});

test.each([
  ['+ASt', 88, 'Azure Storage key'],
  ['ACDb', 88, 'Azure Cosmos DB key, read-write'],
  ['+ABa', 88, 'Azure Batch key'],
  ['+AMC', 88, 'Azure ML classic key'],
  ['APIM', 88, 'Azure API Management key, direct'],
  ['+ASb', 44, 'Azure Service Bus key, send'],
  ['+AEh', 44, 'Azure Event Hubs key, send'],
  ['+ARm', 44, 'Azure Relay key, send'],
  ['AIoT', 44, 'Azure IoT key, hub'],
  ['AzCa', 44, 'Azure Cache for Redis key'],
  ['+ACR', 52, 'Azure Container Registry key'],
  ['AzSe', 52, 'Azure AI Search key, admin'],
  ['AzFu', 56, 'Azure Functions key, master'],
  ['+SQL', 56, 'Azure SQL key'],
])('minted for %s', (signature, length, note) => {
  for (let seed = 0; seed < 50; seed++) {
    const key = azureIdentifiable.mint!(new RandomText(seed), signature);
    expect(key).toHaveLength(length);
    expect(azureIdentifiable.test(key), `seed ${seed}`).toEqual({ result: 'pass', note });
  }
});
