// Accepted findings of gitleaks and betterleaks: .gitleaksignore, and JSON reports that are used as baselines. Values of a
// report become digests at once.
import { UsageError } from '../model/errors.ts';
import type { ForeignEntry, ForeignFileText } from './foreign-entry.ts';
import { isObject, textOf } from './foreign-json.ts';
import { digestOf } from './value-digest.ts';

/** `commit:path:rule:line` or `path:rule:line`; the path may hold colons. */
const FINGERPRINT = /^(?:([0-9a-f]{40}|[0-9a-f]{64}):)?(.+):([^:\s]+):(\d{1,9})$/;

/** What stands in an archive has a path in two parts. */
function leftInArchive(at: number | string, path: string): ForeignEntry | undefined {
  if (!path.includes('!')) return undefined;
  return { kind: 'left', at, what: path, why: 'it stands in an archive, where lines mean nothing here' };
}

export function parseGitleaksIgnore({ file, text }: ForeignFileText): readonly ForeignEntry[] {
  let comment = '';
  return text.split(/\r?\n/).flatMap((raw, index): readonly ForeignEntry[] => {
    const line = raw.trim();
    const at = index + 1;
    if (line === '') comment = '';
    if (line.startsWith('#')) comment = line.replace(/^#+\s*/, '');
    if (line === '' || line.startsWith('#')) return [];
    const parts = FINGERPRINT.exec(line.replace(/\s+#.*$/, ''));
    if (!parts) return [{ kind: 'left', at, what: 'a line', why: 'it is no fingerprint of gitleaks' }];
    const path = parts[2]!;
    const known: ForeignEntry = {
      kind: 'known',
      at,
      path,
      rule: parts[3]!,
      line: Number(parts[4]),
      reason: comment || `from ${file}`,
      ...(parts[1] !== undefined && { commit: parts[1] }),
    };
    return [leftInArchive(at, path) ?? known];
  });
}

function isRedacted(value: string): boolean {
  return value === '' || /^(?:REDACTED|\*+)$/.test(value) || value.endsWith('...');
}

export function parseGitleaksReport({ file, text }: ForeignFileText): readonly ForeignEntry[] {
  const list: unknown = JSON.parse(text);
  if (!Array.isArray(list)) throw new UsageError(`${file}: is no report of gitleaks (a list of findings)`);
  return list.map((item: unknown, index): ForeignEntry => {
    const at = `entry ${index + 1}`;
    const path = isObject(item) ? textOf(item, 'File') : '';
    const rule = isObject(item) ? textOf(item, 'RuleID') : '';
    if (!isObject(item) || path === '' || rule === '') {
      return { kind: 'left', at, what: 'an entry', why: 'it names no File or no RuleID' };
    }
    const secret = textOf(item, 'Secret');
    const commit = textOf(item, 'Commit');
    const known: ForeignEntry = {
      kind: 'known',
      at,
      path,
      rule,
      reason: `from ${file}`,
      ...(commit !== '' && { commit }),
      ...(typeof item.StartLine === 'number' && { line: Math.max(1, item.StartLine) }),
      ...(typeof item.EndLine === 'number' && { endLine: Math.max(1, item.EndLine) }),
      // A value over several lines is found by its place.
      ...(!isRedacted(secret) && !secret.includes('\n') && { digest: digestOf(secret), length: secret.length }),
    };
    return leftInArchive(at, path) ?? known;
  });
}
