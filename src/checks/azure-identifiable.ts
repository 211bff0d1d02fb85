// Azure keys that carry a four-character service signature and a Marvin32 checksum (storage, Cosmos DB, Service Bus …).
// @source microsoft/security-utilities IdentifiableSecrets.cs, IdentifiableMetadata.cs (read, not copied)
import { decodeBase64, encodeBase64 } from '../util/base64.ts';
import { marvin32, seedFromName } from '../util/marvin32.ts';
import type { Check } from './check.ts';
import { FAIL, passWith, UNKNOWN } from './outcome.ts';

/** What one service's keys look like. */
interface AzureService {
  readonly name: string;
  /** undefined where the size is not published. */
  readonly sizeBytes: number | undefined;
  /** Seed name and what a key with it may do; empty when no seed is published. */
  readonly seeds: Readonly<Record<string, string>>;
}

const BUS_SEEDS = { Send0000: 'send', Listen00: 'listen', Manage00: 'manage' };

/** By signature. */
const SERVICES: Readonly<Record<string, AzureService>> = {
  '+ASt': { name: 'Azure Storage', sizeBytes: 64, seeds: { Default0: '' } },
  ACDb: {
    name: 'Azure Cosmos DB',
    sizeBytes: 64,
    seeds: {
      MastRW00: 'read-write',
      MastRO00: 'read-only',
      SysAll00: 'system',
      Resour00: 'resource',
      SystRO00: 'system read-only',
      SystRW00: 'system read-write',
      Encryp00: 'encryption',
    },
  },
  '+ABa': { name: 'Azure Batch', sizeBytes: 64, seeds: { AbAcct00: '' } },
  '+AMC': { name: 'Azure ML classic', sizeBytes: 64, seeds: { Classic0: '' } },
  APIM: {
    name: 'Azure API Management',
    sizeBytes: 64,
    seeds: { Tenant00: 'direct', IoTHub00: 'subscription', Gatewy00: 'gateway', GitKey00: 'repository' },
  },
  '+ASb': { name: 'Azure Service Bus', sizeBytes: 32, seeds: BUS_SEEDS },
  '+AEh': { name: 'Azure Event Hubs', sizeBytes: 32, seeds: BUS_SEEDS },
  '+ARm': { name: 'Azure Relay', sizeBytes: 32, seeds: BUS_SEEDS },
  AIoT: { name: 'Azure IoT', sizeBytes: 32, seeds: { IoTHub00: 'hub', DpsKey00: 'provisioning', Device00: 'device' } },
  AzCa: { name: 'Azure Cache for Redis', sizeBytes: 32, seeds: { Access00: '' } },
  AZEG: { name: 'Azure Event Grid', sizeBytes: 32, seeds: {} },
  '+ACR': { name: 'Azure Container Registry', sizeBytes: 39, seeds: { ACRDflt0: '' } },
  AzSe: { name: 'Azure AI Search', sizeBytes: 39, seeds: { PAdmin00: 'admin', Query000: 'query' } },
  AzFu: {
    name: 'Azure Functions',
    sizeBytes: 40,
    seeds: { Master00: 'master', System00: 'system', Functi00: 'function' },
  },
  '+SQL': { name: 'Azure SQL', sizeBytes: undefined, seeds: { UsrPwd00: '' } },
};

function alphabetOf(signature: string): 'base64' | 'base64url' {
  return signature === 'AzFu' ? 'base64url' : 'base64';
}

/** The four bytes that seal `bytes` under a named seed. */
function seal(bytes: Uint8Array, seedName: string): Buffer {
  const out = Buffer.alloc(4);
  out.writeUInt32LE(marvin32(bytes, seedFromName(seedName)));
  return out;
}

/**
 * Redis keys of a second kind: sealed, then + and / replaced by letters, so that the seal itself may have changed. The
 * source leaves open whether the old seal is hashed too; both readings are tried, and neither can fail.
 */
function isRedisVariant(text: string, bytes: Uint8Array): boolean {
  const body = bytes.subarray(0, -4);
  return [body, bytes].some((hashed) => {
    const again = encodeBase64(Buffer.concat([body, seal(hashed, 'Access00')]), 'base64');
    return again.replaceAll('+', 'P').replaceAll('/', 'F').replaceAll('=', '') === text.replaceAll('=', '');
  });
}

export const azureIdentifiable: Check = {
  name: 'azure-identifiable',
  test: (value) => {
    if (value.length < 40 || value.length > 128) return UNKNOWN;
    const signature = value.replace(/=+$/, '').slice(-10, -6);
    const service = Object.hasOwn(SERVICES, signature) ? SERVICES[signature] : undefined;
    const bytes = decodeBase64(value, alphabetOf(signature));
    if (!service || !bytes || (service.sizeBytes ?? bytes.length) !== bytes.length) return UNKNOWN;
    for (const [seed, role] of Object.entries(service.seeds)) {
      if (!seal(bytes.subarray(0, -4), seed).equals(bytes.subarray(-4))) continue;
      return passWith(`${service.name} key${role === '' ? '' : `, ${role}`}`);
    }
    if (signature === 'AzCa') return isRedisVariant(value, bytes) ? passWith(`${service.name} key`) : UNKNOWN;
    return service.sizeBytes === undefined || Object.keys(service.seeds).length === 0 ? UNKNOWN : FAIL;
  },
  mint: (random, argument) => {
    const signature = Object.hasOwn(SERVICES, argument) ? argument : '+ASt';
    const service = SERVICES[signature]!;
    const size = service.sizeBytes ?? 40;
    const bytes = Buffer.from(random.bytes(size));
    // The signature's 24 bits end six characters before the end and so need not start on a byte.
    const spill = ((size - 7) * 8) % 6;
    const mark = decodeBase64(signature, alphabetOf(signature))!.readUIntBE(0, 3) * 2 ** spill;
    const top = (bytes[size - 8]! >>> spill) << spill;
    bytes.writeUInt32BE(top * 2 ** 24 + mark, size - 8);
    seal(bytes.subarray(0, -4), Object.keys(service.seeds)[0] ?? 'Default0').copy(bytes, size - 4);
    return encodeBase64(bytes, alphabetOf(signature)) + (signature === 'AzFu' ? '='.repeat((3 - (size % 3)) % 3) : '');
  },
};
