// Text of ~/.aws/credentials → the values that belong to the user: keys, session tokens, key ids. Pure.
import type { KnownValue } from './known-value.ts';

const WANTED = new Set(['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token', 'aws_security_token']);

/** Named `profile.key`, in the order of the lines. */
export function readAwsCredentials(text: string): readonly KnownValue[] {
  const values: KnownValue[] = [];
  let profile = 'default';
  for (const [index, raw] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    const section = /^\s*\[\s*(?:profile\s+)?([^\]]+?)\s*\]/.exec(raw);
    if (section) profile = section[1]!;
    const pair = /^\s*([a-z_]+)\s*=\s*(\S+)/i.exec(raw);
    const key = pair?.[1]?.toLowerCase() ?? '';
    if (pair && WANTED.has(key)) values.push({ name: `${profile}.${key}`, value: pair[2]!, line: index + 1 });
  }
  return values;
}
