// Baselines of detect-secrets (0.12 to 1.5): accepted values by SHA-1, audit labels, and the expressions that leave out files,
// lines and secrets.
import { UsageError } from '../model/errors.ts';
import type { ForeignEntry, ForeignFileText } from './foreign-entry.ts';
import { isObject, type JsonObject, objectsOf, textOf, textsOf } from './foreign-json.ts';
import { ignorePaths } from './path-expression.ts';
import { acceptLines, ignoreValues } from './value-expression.ts';

const FILTER = 'detect_secrets.filters.';

function reasonOf(item: JsonObject, file: string): string {
  if (item.is_secret === true) return `audited in ${file}: a real secret`;
  if (item.is_secret === false) return `audited in ${file}: no secret`;
  return `from ${file}`;
}

function readFilters(top: JsonObject, file: string): readonly ForeignEntry[] {
  const reason = `from ${file}`;
  const exclude = isObject(top.exclude) ? top.exclude : {};
  const old = [
    ...textsOf(exclude, 'files').map((regex) => ignorePaths('exclude.files', regex, reason)),
    ...textsOf(exclude, 'lines').map((regex) => acceptLines('exclude.lines', regex, reason, false)),
  ];
  const filters = objectsOf(top, 'filters_used').flatMap((filter) => {
    const path = textOf(filter, 'path');
    const name = path.slice(path.lastIndexOf('.') + 1);
    const patterns = textsOf(filter, 'pattern');
    if (path === `${FILTER}regex.should_exclude_file`) return patterns.map((regex) => ignorePaths(name, regex, reason));
    if (path === `${FILTER}regex.should_exclude_line`)
      return patterns.map((regex) => acceptLines(name, regex, reason, false));
    if (path === `${FILTER}regex.should_exclude_secret`)
      return patterns.map((regex) => ignoreValues(name, regex, { reason }));
    // Its own baseline, its inline comments and its built-in heuristics: unleak has the like, or honours them.
    if (/^detect_secrets\.filters\.(?:allowlist|common|heuristic)\./.test(path)) return [];
    return [{ kind: 'left', at: 'filters_used', what: name || 'a filter', why: 'unleak cannot run it' } as const];
  });
  return [...old, ...filters].flat();
}

export function parseDetectSecrets({ file, path: own, text }: ForeignFileText): readonly ForeignEntry[] {
  const top: unknown = JSON.parse(text);
  if (!isObject(top) || !isObject(top.results))
    throw new UsageError(`${file}: is no baseline of detect-secrets (it has no "results")`);
  const known = Object.entries(top.results).flatMap(([path, list]) =>
    (Array.isArray(list) ? list : []).map((item: unknown, index): ForeignEntry => {
      const at = `${path}, entry ${index + 1}`;
      const digest = isObject(item) ? textOf(item, 'hashed_secret') : '';
      if (!isObject(item) || !/^[0-9a-f]{40}$/.test(digest))
        return { kind: 'left', at, what: 'an entry', why: 'it has no hashed_secret' };
      return {
        kind: 'known',
        at,
        path: path.replaceAll('\\', '/'),
        rule: textOf(item, 'type'),
        digest,
        reason: reasonOf(item, file),
        ...(typeof item.line_number === 'number' && item.line_number > 0 && { line: item.line_number }),
      };
    }),
  );
  // The hashes of a baseline look like secrets; detect-secrets leaves its own file out, too.
  const hashes: ForeignEntry = {
    kind: 'ignore',
    at: 1,
    paths: [own],
    value: '^[0-9a-f]{40}$',
    reason: `hashes of ${file}`,
  };
  return [...(own.startsWith('..') ? [] : [hashes]), ...readFilters(top, file), ...known];
}
