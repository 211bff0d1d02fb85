// What a value looks like: its shape, length, letters, and the words in it. Adds ids of generic-features.ts; no judgement.
import type { PlaceholderKind } from '../util/placeholder.ts';
import type { Feature } from './generic-features.ts';
import { pairSurpriseBits } from './randomness.ts';
import { plainText } from './read-name.ts';
import { valueShape } from './value-shape.ts';

const DEFAULT_LOGINS = new Set(
  `root admin administrator user guest postgres mysql redis mongo mongodb mariadb oracle rabbitmq minio vagrant docker elastic
  kafka sa system manager tomcat neo4j grafana zabbix nagios jenkins sonar wordpress drupal symfony laravel django pi ubuntu
  welcome letmein master shadow dragon monkey qwerty login anonymous sysadmin webadmin superuser demo bob alice joe john foo bar`.split(
    /\s+/,
  ),
);
const TYPE_WORDS = new Set(
  `string text number integer boolean bool true false null none nil undefined void any object array required optional hidden
  password varchar char binary blob bytes byte base64 uuid json form email file enabled disabled on off yes no new old
  keyword identifier comment punctuation operator function class type name value default auto basic bearer digest plain
  invalid missing empty expired unauthorized forbidden error success show hide authorization content-type cookie header query
  body oauth oauth2 jwt saml ldap kerberos sspi inherit normal block inline submit button input current-password new-password
  access_token refresh_token id_token client_credentials authorization_code`.split(/\s+/),
);
const TEST_WORD = /test|fake|dummy|mock|sample|demo|foo|bar(?![a-z])|wrong|invalid|bad|some|abc|123/i;
/** Words that people make passwords up with when none is needed; a value all of these and digits says little. */
const STOCK_WORDS = new Set(
  `a abc access account admin an and any api apikey app asd asdf auth bad bar baz change changeme client cookie correct
  cred credential data database db default demo dev dummy example fake foo for good guest hello here hunter id in
  initial is it key letmein local login me mock mongo my mysql name new no not of old or our pass passcode passphrase
  passwd password postgres private prod public pw pwd qux qwe qwerty real redis right root safe sample secret secure
  server service session some sql string strong super temp test tester testing text the this to token top user
  username usr value very weak web welcome with word world wrong xyz your zxc`.split(/\s+/),
);
const LONGEST_STOCK = 10;
const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
};
/** Forms of crypt(3), of frameworks, of directories and of MySQL. */
const PASSWORD_HASH =
  /^\$(?:\d[a-z]?|2[abxy]|apr1|argon2(?:id?|d)|md5|sha1|bcrypt[\w-]*|pbkdf2[\w-]*|scrypt|y|gy|P|H|S)\$|^(?:md5|sha1|sha256|sha512|bcrypt|bcrypt_sha256|pbkdf2_sha\d+|pbkdf2-sha\d+|argon2|scrypt|phpass|grub\.pbkdf2[\w.]*)[$:]|^\*[0-9A-F]{40}$|^\{(?:S?SHA(?:256|384|512)?|S?MD5|CRYPT|PBKDF2[\w-]*|ARGON2)\}/i;
const CHOICES = /^[a-z_]+(?::\d+)?(?:\|[a-z_]+(?::\d+)?)+$/;
const JSON_START = /^[{[]\s*\\?["'{[]/;
const RANDOM_PIECE = /[A-Za-z0-9+/_-]{20,}/g;

/** `s3cr3t` → `secret`, where a digit or sign stands among letters. */
function withoutLeet(text: string): string {
  return text.replace(/(?<=[a-z])[013457@$](?=[a-z])|(?<=[a-z][013457@$])[013457@$](?=[a-z])/g, (c) => LEET[c] ?? c);
}

/** True when words of STOCK_WORDS, digits and signs make up the whole text. */
function isStock(text: string): boolean {
  if (text.length > 32 || !/[a-z]/.test(text)) return false;
  const reached = new Uint8Array(text.length + 1);
  reached[0] = 1;
  for (let start = 0; start < text.length; start++) {
    if (reached[start] === 0) continue;
    if (!/[a-z]/.test(text[start]!)) reached[start + 1] = 1;
    for (let size = 2; size <= LONGEST_STOCK && start + size <= text.length; size++) {
      if (STOCK_WORDS.has(text.slice(start, start + size))) reached[start + size] = 1;
    }
  }
  return reached[text.length] === 1;
}

/** Base64 of several words: a message, not a key. `user:password` has no blank. */
function isEncodedText(value: string): boolean {
  if (value.length < 16 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return false;
  const text = Buffer.from(value, 'base64').toString('latin1');
  return /^[\x20-\x7e\r\n\t]+$/.test(text) && / /.test(text);
}

const SECRET_WORD = /passw|pass(?![a-z])|pwd|secret|token|key(?![a-z])|credential/i;

function lengthFeature(length: number): Feature {
  if (length < 6) return 'length:4';
  if (length < 8) return 'length:6';
  if (length < 12) return 'length:8';
  if (length < 16) return 'length:12';
  if (length < 20) return 'length:16';
  if (length < 32) return 'length:20';
  if (length < 64) return 'length:32';
  return length < 128 ? 'length:64' : 'length:128';
}

function rarityFeature(value: string): Feature {
  const bits = pairSurpriseBits(value);
  return bits < 4.2
    ? 'rarity:0'
    : bits < 5
      ? 'rarity:1'
      : bits < 5.7
        ? 'rarity:2'
        : bits < 6.5
          ? 'rarity:3'
          : 'rarity:4';
}

/** How much the letters of the whole value say beyond those of words: length and rarity in one. */
function surpriseFeature(value: string): Feature {
  const bits = (pairSurpriseBits(value) - 4.2) * (value.length - 1);
  return bits < 0
    ? 'surprise:0'
    : bits < 6
      ? 'surprise:1'
      : bits < 14
        ? 'surprise:2'
        : bits < 32
          ? 'surprise:3'
          : 'surprise:4';
}

function findRandomPiece(value: string): string | undefined {
  if (value.length <= 24) return undefined;
  const pieces = value.match(RANDOM_PIECE) ?? [];
  return pieces.find((text) => text.length < value.length && ['random', 'digest', 'hex'].includes(valueShape(text)));
}

/** What counts of a value: a piece of JSON under a name for secrets is as secret as the random piece it holds. */
export function essenceOf(value: string): string {
  return (JSON_START.test(value) && findRandomPiece(value)) || value;
}

/** Adds what the value looks like beside its shape, and how it relates to its name. @param kind of a soft placeholder */
export function readValue(
  value: string,
  name: string,
  kind: PlaceholderKind | undefined,
  add: (feature: Feature) => void,
): void {
  if (findRandomPiece(value) !== undefined) add('value:holds-random');
  add(lengthFeature(value.length));
  add(rarityFeature(value));
  add(surpriseFeature(value));
  if (/\d/.test(value)) add('value:digit');
  if (/\d\D*\d\D*\d\D*\d/.test(value)) add('value:digits');
  if (/[^A-Za-z0-9]/.test(value)) add('value:sign');
  if (/[A-Za-z0-9][!#$%&*?]{1,2}$/.test(value)) add('value:bang');
  if (/[a-z]/.test(value) && /[A-Z]/.test(value)) add('value:two-cases');
  if (+/[a-z]/.test(value) + +/[A-Z]/.test(value) + +/\d/.test(value) + +/[^A-Za-z0-9]/.test(value) >= 3)
    add('value:three-kinds');
  const plainValue = plainText(value);
  const plainName = plainText(name);
  if (plainValue !== '') {
    if (plainValue === plainName || plainName.endsWith(plainValue)) add('value:same-as-name');
    else if (plainName.includes(plainValue)) add('value:in-name');
    else if (plainName.length >= 4 && plainValue.includes(plainName)) add('value:holds-name');
  }
  if (SECRET_WORD.test(value) || SECRET_WORD.test(withoutLeet(value.toLowerCase()))) add('value:holds-word');
  if (kind === 'made-up' || kind === 'stand-in' || kind === 'label' || kind === 'walk') add(`value:${kind}`);
  const lower = value.toLowerCase();
  if (isStock(withoutLeet(lower)) || isStock(lower)) add('value:stock');
  if (DEFAULT_LOGINS.has(lower.replace(/[\d!@#]{1,5}$/, ''))) add('value:default-login');
  if (TYPE_WORDS.has(lower)) add('value:type-word');
  if (TEST_WORD.test(value)) add('value:test-word');
  if (/^[^A-Za-z0-9]/.test(value)) add('value:starts-with-sign');
  if (/[:,(=[{-]$/.test(value) && !/[A-Za-z0-9+/]=$/.test(value)) add('value:ends-open');
  if (JSON_START.test(value)) add('value:json');
  if (isEncodedText(value)) add('value:encoded-text');
  if (CHOICES.test(value)) add('value:choices');
  if (/^[A-Za-z]{1,6}[-_][A-Za-z0-9+/=_-]{16,}$/.test(value)) add('value:prefixed');
  if (/[A-Za-z0-9+/]={1,2}$/.test(value)) add('value:base64-end');
  if (
    /^(?:pk[._-]|M[FHIG][A-Za-z]wEwYHKoZIzj|MIIBIjANBgkq|MCowBQYDK2Vw|pub|ssh-(?:rsa|ed25519)|AAAA[BCE]|MI[GIH][A-Za-z]|04[0-9a-f]{128}$)/.test(
      value,
    )
  )
    add('value:public-mark');
  if (PASSWORD_HASH.test(value)) add('value:password-hash');
  else if (/^(?:\{[A-Z0-9-]+\}|ENC[([]|vault:|AQICAH|U2FsdGVk|gAAAA)/.test(value)) add('value:encrypted-mark');
}
