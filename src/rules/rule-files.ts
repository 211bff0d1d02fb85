// Reads rule files from disk: our own folder at build time, single files of a user's own packs at start.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS } from '../checks/registry.ts';
import { ConfigError } from '../model/errors.ts';
import type { Rule } from '../model/rule.ts';
import { describeUnread, LARGEST_SETTINGS, readWhole } from '../util/read-whole.ts';
import { parseRuleFile } from './parse-rules.ts';

const KNOWN_CHECKS: ReadonlySet<string> = new Set(CHECKS.keys());

function readText(path: string): string {
  try {
    return readWhole(path, LARGEST_SETTINGS).toString('utf8');
  } catch (cause) {
    const what = `the rule file: ${describeUnread(cause)}; check the path and its permissions`;
    throw new ConfigError(what, { file: path }, { cause });
  }
}

/**
 * Rules of one of the user's own files.
 *
 * @param file name for messages; default: the path
 * @throws ConfigError
 */
export function readUserRules(path: string, file = path): readonly Rule[] {
  return parseRuleFile(readText(path), file, { knownChecks: KNOWN_CHECKS });
}

/**
 * Rules of every `.yml` file of a folder of ours, in the order of the names; the provider is the file's name.
 *
 * @throws ConfigError that lists the errors of the first wrong file
 */
export function readRuleFolder(folder: string): readonly Rule[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .sort();
  return names.flatMap((name) => {
    const path = join(folder, name);
    return parseRuleFile(readText(path), path, { knownChecks: KNOWN_CHECKS, isBuiltIn: true });
  });
}
