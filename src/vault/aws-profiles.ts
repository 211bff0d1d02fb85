// Which profiles there are. The SDK says "no credentials" of a profile that does not exist, so this is asked before.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { didYouMean } from '../util/did-you-mean.ts';
import { describeUnread, LARGEST_SETTINGS, readRegular } from '../util/read-whole.ts';
import { VaultError } from './aws-errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Names of the sections of a config file (`[profile x]`, `[default]`) or a credentials file (`[x]`). */
export function listProfiles(text: string, kind: 'config' | 'credentials'): readonly string[] {
  const names: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const section = /^\s*\[\s*([^\]]{1,256}?)\s*\]/.exec(line)?.[1];
    if (section === undefined) continue;
    const named = /^profile\s+["']?(.+?)["']?$/.exec(section)?.[1];
    if (kind === 'config') {
      if (named !== undefined) names.push(named);
      else if (section === 'default') names.push(section);
    } else if (named === undefined) {
      names.push(section);
    }
  }
  return names;
}

function readNames(file: string, kind: 'config' | 'credentials'): readonly string[] {
  try {
    return listProfiles(readRegular(file, LARGEST_SETTINGS).toString('utf8'), kind);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw new VaultError(`the AWS ${kind} file ${describeUnread(error)}; check its permissions`);
  }
}

/** @throws VaultError when no file of the AWS CLI has the profile */
export function requireProfile(profile: string, environment: Environment): void {
  const folder = join(homedir(), '.aws');
  const names = [
    ...readNames(environment.AWS_CONFIG_FILE || join(folder, 'config'), 'config'),
    ...readNames(environment.AWS_SHARED_CREDENTIALS_FILE || join(folder, 'credentials'), 'credentials'),
  ];
  if (names.includes(profile)) return;
  // The name is not repeated: it may be something else, pasted into the wrong place.
  const hint = didYouMean(profile, names) || ' List them with: aws configure list-profiles';
  throw new VaultError(`there is no such AWS profile.${hint}`);
}
