// Readers of stores that need more than names: AWS profiles, docker's logins, kubeconfig, private keys.
import { describeOpensshKey, hasOpensshMagic } from '../checks/openssh-key.ts';
import { isJsonObject, parseJsonObject } from '../util/json-object.ts';
import { isReference, readIni, readYaml } from './key-value-readers.ts';
import { type StoreContent, type StoredValue, valuesOf } from './store.ts';

/** Secret keys of profiles; those with a session token end by themselves. */
export function readAwsProfiles(text: string): StoreContent {
  const all = readIni(/^aws_(?:secret_access_key|session_token|security_token)$/, 'token')(text);
  if (all.kind !== 'values') return all;
  const profileOf = ({ name }: StoredValue): string => name.slice(0, name.lastIndexOf(': '));
  const sessions = new Set(all.values.filter(({ name }) => /_token$/i.test(name)).map(profileOf));
  return valuesOf(all.values.map((one) => (sessions.has(profileOf(one)) ? { ...one, isTemporary: true } : one)));
}

/** `auths` with base64 of user:password; logins in a key ring are left alone. */
export function readDockerConfig(text: string): StoreContent {
  const config = parseJsonObject(text);
  if (!config) return { kind: 'unknown', why: 'it is not JSON' };
  const values: StoredValue[] = [];
  const auths = isJsonObject(config.auths) ? config.auths : {};
  for (const [host, entry] of Object.entries(auths)) {
    if (!isJsonObject(entry)) continue;
    const { auth, identitytoken, registrytoken } = entry;
    if (typeof auth === 'string' && auth !== '') {
      const login = Buffer.from(auth, 'base64').toString('utf8');
      const value = login.slice(login.indexOf(':') + 1).replace(/\0+$/, '');
      if (value !== '') values.push({ name: `auths.${host}`, value, kind: 'password' });
    }
    for (const token of [identitytoken, registrytoken]) {
      if (typeof token === 'string' && token !== '')
        values.push({ name: `auths.${host} (token)`, value: token, kind: 'token' });
    }
  }
  const ring = typeof config.credsStore === 'string' ? config.credsStore : undefined;
  if (values.length === 0 && ring !== undefined) return { kind: 'encrypted', how: `logins are in ${ring}` };
  return valuesOf(values);
}

/** Tokens, passwords and private keys of users; exec plugins and files elsewhere are better already. */
export const readKubeconfig = readYaml(/^(?:token|password|client-key-data|id-token|refresh-token|access-token)$/);

const PEM = /-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----([\s\S]*?)-----END \1-----/;

/** A key in any of the forms that ssh reads; encrypted ones are told apart by what is in them. */
export function readPrivateKey(text: string): StoreContent {
  const [block, label = '', body = ''] = PEM.exec(text) ?? [];
  if (block === undefined) {
    const isPutty = /^PuTTY-User-Key-File-\d/.test(text);
    if (!isPutty) return valuesOf([]);
    const isOpen = /^Encryption:\s*none\s*$/m.test(text);
    return isOpen ? valuesOf([{ name: 'PuTTY private key', value: text.trim(), kind: 'token' }]) : locked;
  }
  if (label.startsWith('ENCRYPTED') || /^Proc-Type:.*ENCRYPTED/m.test(body)) return locked;
  const bytes = Buffer.from(body.replace(/\s/g, ''), 'base64');
  if (hasOpensshMagic(bytes)) {
    const what = describeOpensshKey(bytes);
    if (what === 'encrypted') return locked;
    if (what === undefined) return { kind: 'unknown', why: 'the private key is damaged' };
  }
  return valuesOf([{ name: label.toLowerCase(), value: block, kind: 'token' }]);
}

const locked: StoreContent = { kind: 'encrypted', how: 'with a passphrase' };

/** Maven: `{…}` is encrypted with settings-security.xml. */
export function readMavenSettings(text: string): StoreContent {
  const found = text.replace(/<!--[\s\S]*?-->/g, '').matchAll(/<server>([\s\S]*?)<\/server>/g);
  const values = [...found].flatMap(([, server = '']): readonly StoredValue[] => {
    const field = (name: string): string => new RegExp(`<${name}>\\s*([^<]*?)\\s*</${name}>`).exec(server)?.[1] ?? '';
    return (['password', 'passphrase'] as const)
      .map((name) => ({ name: `${field('id')}: ${name}`, value: field(name), kind: 'password' as const }))
      .filter(({ value }) => !isReference(value) && !/^\{.*\}$/.test(value));
  });
  return valuesOf(values);
}

/** NuGet on Windows encrypts `Password`; `ClearTextPassword` says what it is. */
export function readNugetConfig(text: string): StoreContent {
  const found = text.replace(/<!--[\s\S]*?-->/g, '').matchAll(/<add\s+key="ClearTextPassword"\s+value="([^"]+)"/gi);
  return valuesOf(
    [...found]
      .map(([, value = '']) => ({ name: 'ClearTextPassword', value, kind: 'password' as const }))
      .filter(({ value }) => !/^%\w+%$/.test(value)),
  );
}
