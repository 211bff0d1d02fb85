// Asks our own readers whether an imported ignore may be: strict, and nothing that hides everything. What they refuse is left,
// with their reason.
import { stringify } from 'yaml';
import { parseConfig } from '../config/parse-config.ts';
import { hidesEveryPath } from '../config/path-filter.ts';
import { parseUnleakIgnore } from '../config/unleakignore.ts';
import { ConfigError } from '../model/errors.ts';
import type { ForeignIgnore, ForeignIgnoreLine, ForeignLeft } from './foreign-entry.ts';
import type { IgnoreData } from './write-files.ts';

const HIDES_ALL = 'it would hide everything; refused';

/** Nothing but dots, slashes and wildcards. */
function isEmptyPath(pattern: string): boolean {
  return pattern.replace(/[./*!\s]/g, '') === '';
}

function messageOf(error: unknown): string {
  if (!(error instanceof ConfigError)) throw error;
  return error.message.replace(/^[^:]*:\d+: /, '').split('\n')[0]!;
}

async function findFault(entry: IgnoreData, ruleIds: ReadonlySet<string>): Promise<string | undefined> {
  try {
    const text = stringify({ version: 1, ignore: [entry] }, { lineWidth: 0 });
    await parseConfig(text, { file: 'import', folder: '', knownRuleIds: () => ruleIds });
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

export interface CheckedIgnores {
  readonly good: readonly IgnoreData[];
  readonly left: readonly ForeignLeft[];
}

/** @param ruleIds ours, the imported ones included */
export async function checkIgnores(
  entries: readonly ForeignIgnore[],
  ruleIds: ReadonlySet<string>,
): Promise<CheckedIgnores> {
  const good: IgnoreData[] = [];
  const left: ForeignLeft[] = [];
  const orphans = new Set<string>();
  for (const { kind: _, at, ...entry } of entries) {
    const leave = (what: string, why: string): void => void left.push({ kind: 'left', at, what, why });
    if (entry.rule?.startsWith('imported.') && !ruleIds.has(entry.rule)) {
      const orphan = entry.rule;
      if (!orphans.has(orphan)) leave(`ignores of ${entry.rule}`, 'their rule is not carried over');
      orphans.add(orphan);
      continue;
    }
    const paths: string[] = [];
    for (const path of entry.paths ?? []) {
      const fault = isEmptyPath(path) ? HIDES_ALL : await findFault({ paths: [path], reason: 'x' }, ruleIds);
      if (fault === undefined) paths.push(path);
      else leave(`path ${path}`, fault);
    }
    if (entry.paths && paths.length === 0) continue;
    const data: IgnoreData = {
      ...(entry.paths && { paths }),
      ...(entry.rule !== undefined && { rule: entry.rule }),
      ...(entry.value !== undefined && { value: entry.value }),
      reason: entry.reason,
    };
    const fault = await findFault(data, ruleIds);
    if (fault === undefined) good.push(data);
    else leave('an ignore', fault);
  }
  return { good, left };
}

export interface CheckedLines {
  readonly good: readonly string[];
  readonly left: readonly ForeignLeft[];
}

export function checkIgnoreLines(entries: readonly ForeignIgnoreLine[]): CheckedLines {
  const good: string[] = [];
  const left: ForeignLeft[] = [];
  for (const { at, pattern } of entries) {
    const leave = (why: string): void => void left.push({ kind: 'left', at, what: `pattern ${pattern}`, why });
    try {
      const [parsed] = parseUnleakIgnore(pattern, 'import').patterns;
      if (!parsed) continue;
      const hidesAll = !parsed.isNegated && (isEmptyPath(pattern) || hidesEveryPath(parsed.test));
      if (hidesAll) leave(HIDES_ALL);
      else good.push(pattern);
    } catch (error) {
      leave(messageOf(error));
    }
  }
  return { good, left };
}
