// Reads the files that --known and --known-aws name into a search. A message names file and line, never what stands there.
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { describeUnread, readWhole } from '../util/read-whole.ts';
import { readAwsCredentials } from './aws-credentials.ts';
import { createKnownSearch, type KnownSearch } from './form-search.ts';
import { type KnownList, type KnownValue, sortValues } from './known-value.ts';
import { readValues } from './read-values.ts';
import { listForms } from './value-forms.ts';

const LARGEST_FILE = 4 * 1024 * 1024;
const OTHERS_MAY_READ = 0o044;
const MOST_LISTED = 5;

export interface KnownSources {
  /** --known FILE, each, as given. */
  readonly files: readonly string[];
  /** --known-aws. */
  readonly aws: boolean;
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Takes one line without its end. */
  readonly warn: (line: string) => void;
}

function readFile(file: string, flag: string, warn: (line: string) => void): string {
  try {
    const stats = statSync(file);
    if (process.platform !== 'win32' && stats.isFile() && (stats.mode & OTHERS_MAY_READ) !== 0) {
      warn(`${file}: others may read it (mode ${(stats.mode & 0o777).toString(8)}); use chmod 600`);
    }
    return readWhole(file, LARGEST_FILE).toString('utf8');
  } catch (cause) {
    throw new UsageError(`${flag}: ${file}: ${describeUnread(cause)}; nothing was scanned`, { cause });
  }
}

function tellRefused(file: string, { refused }: KnownList, warn: (line: string) => void): void {
  for (const { line, why } of refused.slice(0, MOST_LISTED)) warn(`${file}:${line}: ${why}; not looked for`);
  if (refused.length > MOST_LISTED) warn(`${file}: ${refused.length - MOST_LISTED} more lines are not looked for`);
}

/** Where the AWS tools keep credentials. @throws UsageError when the home folder is not known */
function awsFile({ cwd, environment }: KnownSources): string {
  const { AWS_SHARED_CREDENTIALS_FILE: named, HOME, USERPROFILE } = environment;
  if (named) return resolve(cwd, named);
  const home = HOME || USERPROFILE;
  if (!home) throw new UsageError('--known-aws: HOME is not set; name the file with AWS_SHARED_CREDENTIALS_FILE');
  return join(home, '.aws', 'credentials');
}

/** @throws UsageError for a file that cannot be read or holds nothing to look for */
export function loadKnown(sources: KnownSources): KnownSearch {
  const { files, aws, cwd, warn } = sources;
  const values: KnownValue[] = [];
  const add = (file: string, flag: string, read: (text: string) => readonly KnownValue[]): void => {
    const list = sortValues(read(readFile(file, flag, warn)));
    tellRefused(file, list, warn);
    if (list.values.length === 0) throw new UsageError(`${flag}: ${file}: holds no value that can be looked for`);
    values.push(...list.values);
  };
  for (const file of files) add(resolve(cwd, file), '--known', readValues);
  if (aws) add(awsFile(sources), '--known-aws', readAwsCredentials);
  const byValue = new Map(values.toReversed().map((known) => [known.value, known]));
  return createKnownSearch([...byValue.values()].map((known) => ({ known, forms: listForms(known.value) })));
}
