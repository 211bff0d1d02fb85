// Google Cloud service account files: JSON whose private_key parses and whose client_email is a service account's.
// Reads the two fields by themselves, so that a cut or escaped file can be answered too.
import { parseJson } from '../util/json-object.ts';
import type { Check } from './check.ts';
import { FAIL, nameFact, passWith, UNKNOWN } from './outcome.ts';
import { privateKey } from './private-key.ts';

const LIMIT = 32_768;
const EMAIL = /^[a-z0-9._-]{1,100}@[a-z0-9.-]{1,100}\.gserviceaccount\.com$/;

/** A string field of JSON, also when the whole JSON is a string inside another; undefined when it is not there. */
function readField(text: string, name: string): string | undefined {
  const form = new RegExp(`"${name}\\\\{0,3}"\\s{0,20}:\\s{0,20}\\\\{0,3}"([^"]{0,30000})"`);
  const value = form.exec(text)?.[1];
  const parsed = value === undefined ? undefined : parseJson(`"${value}"`);
  return typeof parsed === 'string' ? parsed : value?.replace(/\\+$/, '');
}

/** Without both fields nothing can be said; a bare PEM block is answered as a private key. */
export const gcpServiceAccount: Check = {
  name: 'gcp-service-account',
  test: (value) => {
    if (value.length > LIMIT) return UNKNOWN;
    const key = readField(value, 'private_key');
    const email = readField(value, 'client_email');
    if (key === undefined && value.startsWith('-----BEGIN')) return privateKey.test(value);
    if (key === undefined || email === undefined) return UNKNOWN;
    const { result } = privateKey.test(key);
    if (result === 'unknown') return key.includes('-----BEGIN') ? UNKNOWN : FAIL;
    return result === 'pass' && EMAIL.test(email) ? passWith(nameFact('account', email)) : FAIL;
  },
  mint: (random, argument) => {
    const project = `${random.text('lower', 6)}-${random.text('digits', 6)}`;
    const email = `robot@${project}.iam.gserviceaccount.com`;
    const content = {
      type: 'service_account',
      project_id: project,
      private_key_id: random.text('hex', 40),
      private_key: `${privateKey.mint!(random, 'pkcs8')}\n`,
      client_email: email,
      client_id: random.text('digits', 21),
      auth_uri: 'https://accounts.google.com/o/oauth2/auth',
      token_uri: 'https://oauth2.googleapis.com/token',
      auth_provider_x509_cert_url: 'https://www.googleapis.com/oauth2/v1/certs',
      client_x509_cert_url: `https://www.googleapis.com/robot/v1/metadata/x509/${encodeURIComponent(email)}`,
    };
    return JSON.stringify(content, undefined, argument === 'compact' ? undefined : 2);
  },
};
