// Tokens that are base64 of a JSON object with known keys: 1Password, Cloudflare tunnels, Grafana's old and cloud keys,
// Sentry and Mapbox.
import { type Base64Alphabet, decodeBase64, encodeBase64 } from '../util/base64.ts';
import { type JsonObject, parseJsonObject } from '../util/json-object.ts';
import type { Check } from './check.ts';
import { FAIL, nameFact, PASS, passWith, UNKNOWN } from './outcome.ts';

const LIMIT = 4096;

function decodeJson(text: string): JsonObject | undefined {
  const bytes = decodeBase64(text, /[-_]/.test(text) ? 'base64url' : 'base64');
  return bytes && parseJsonObject(bytes.toString('utf8'));
}

function encodeJson(content: JsonObject, alphabet: Base64Alphabet): string {
  return encodeBase64(Buffer.from(JSON.stringify(content)), alphabet);
}

function hasTexts(json: JsonObject, ...keys: readonly string[]): boolean {
  return keys.every((key) => typeof json[key] === 'string' && json[key] !== '');
}

/** ops_ service account tokens. A peer's rule, so other content says nothing. @source CredSweeper, osv-scalibr */
export const onepasswordOps: Check = {
  name: 'onepassword-ops',
  test: (value) => {
    if (!value.startsWith('ops_') || value.length > LIMIT) return UNKNOWN;
    const json = decodeJson(value.slice(4));
    if (!json || !hasTexts(json, 'signInAddress', 'email', 'secretKey')) return UNKNOWN;
    return typeof json.muk === 'object' && json.muk !== null
      ? passWith(nameFact('account', json.signInAddress))
      : UNKNOWN;
  },
  mint: (random) =>
    `ops_${encodeJson(
      {
        signInAddress: 'example.1password.com',
        userAuth: { method: 'SRPg-4096', alg: 'PBES2g-HS256', iterations: 650_000, salt: random.text('base64url', 22) },
        email: `${random.text('base36', 13)}@1passwordserviceaccounts.com`,
        srpX: random.text('hex', 64),
        muk: {
          alg: 'A256GCM',
          ext: true,
          k: random.text('base64url', 43),
          key_ops: ['encrypt', 'decrypt'],
          kty: 'oct',
        },
        secretKey: `A3-${random.text('BASE36', 6)}-${random.text('BASE36', 6)}`,
        throttleSecret: { seed: random.text('hex', 64), uuid: random.text('BASE36', 26) },
        deviceUuid: random.text('base36', 26),
      },
      'base64url',
    )}`,
};

/** `{"a": account, "t": tunnel, "s": secret}`. No vectors, so other content says nothing. */
export const cloudflareTunnel: Check = {
  name: 'cloudflare-tunnel',
  test: (value) => {
    const json = value.length <= LIMIT ? decodeJson(value) : undefined;
    if (!json || !hasTexts(json, 'a', 't', 's')) return UNKNOWN;
    return passWith(nameFact('account', json.a), nameFact('tunnel', json.t));
  },
  mint: (random) => {
    const tunnel = random.text('hex', 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    const secret = encodeBase64(random.bytes(32), 'base64');
    return encodeJson({ a: random.text('hex', 32), t: tunnel, s: secret }, 'base64');
  },
};

/** `{"k": secret, "n": name, "id": number}`. @source CredSweeper value_grafana_check.py, with vectors */
export const grafanaLegacy: Check = {
  name: 'grafana-legacy',
  test: (value) => {
    if (!value.startsWith('eyJrIjoi') || value.length > LIMIT) return UNKNOWN;
    const json = decodeJson(value);
    return json && hasTexts(json, 'k') && typeof json.n === 'string' && typeof json.id === 'number' ? PASS : FAIL;
  },
  mint: (random) => encodeJson({ k: random.text('base62', 32), n: random.text('lower', 6), id: 1 }, 'base64'),
};

/** glc_ and `{"o": organization, "n": name, "k": secret, "m": region}`. @source as above */
export const grafanaCloud: Check = {
  name: 'grafana-cloud',
  test: (value) => {
    if (!value.startsWith('glc_') || value.length > LIMIT) return UNKNOWN;
    const json = decodeJson(value.slice(4));
    if (!json || !hasTexts(json, 'n', 'k') || json.o === undefined) return FAIL;
    return passWith(nameFact('organization', String(json.o)));
  },
  mint: (random) => {
    const content = {
      o: random.text('digits', 6),
      n: random.text('lower', 6),
      k: random.text('base62', 24),
      m: { r: 'eu' },
    };
    return `glc_${encodeJson(content, 'base64')}`;
  },
};

/**
 * sntrys_, JSON with a true `iat`, `_` and 32 bytes. The middle is padded base64, the tail is not.
 *
 * @source getsentry/sentry src/sentry/utils/security/orgauthtoken_token.py
 */
export const sentryOrg: Check = {
  name: 'sentry-org',
  test: (value) => {
    if (!value.startsWith('sntrys_') || value.length > LIMIT) return UNKNOWN;
    const parts = value.split('_', 4);
    const json = parts.length === 3 ? decodeJson(parts[1]!) : undefined;
    if (!json?.iat || decodeBase64(parts[2]!, 'base64')?.length !== 32) return FAIL;
    return passWith(nameFact('organization', json.org), nameFact('region', json.region_url));
  },
  mint: (random) => {
    const url = 'https://sentry.example';
    const json = {
      iat: 1_700_000_000.5 + random.integer(1_000_000),
      url,
      region_url: url,
      org: random.text('lower', 8),
    };
    const tail = encodeBase64(random.bytes(32), 'base64').replace('=', '');
    return `sntrys_${encodeJson(json, 'base64')}_${tail}`;
  },
};

/** pk. (public), sk. or tk., JSON with the user name, `.` and 22 characters. @source mapbox/parse-mapbox-token */
export const mapboxToken: Check = {
  name: 'mapbox-token',
  test: (value) => {
    const parts = value.length <= LIMIT ? /^([pst]k)\.(eyJ[A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{20,30})$/.exec(value) : null;
    if (!parts) return UNKNOWN;
    const json = decodeJson(parts[2]!);
    if (!json || !hasTexts(json, 'u')) return FAIL;
    return passWith(parts[1] === 'pk' ? 'public token' : undefined, nameFact('user', json.u));
  },
  mint: (random, argument) => {
    const kind = /^[pst]k$/.test(argument.slice(0, 2)) ? argument.slice(0, 2) : 'sk';
    const json = { u: random.text('lower', 8), a: random.text('base36', 25) };
    return `${kind}.${encodeJson(json, 'base64url')}.${random.text('base64url', 22)}`;
  },
};
