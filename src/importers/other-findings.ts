// Accepted findings of tools that know them by their place: baselines of kingfisher, and SARIF logs of any tool.
import { parseDocument } from 'yaml';
import { UsageError } from '../model/errors.ts';
import type { ForeignEntry, ForeignFileText } from './foreign-entry.ts';
import { isObject, type JsonObject, objectsOf, textOf } from './foreign-json.ts';
import { digestOf } from './value-digest.ts';

/** Plain data of a YAML text; all scalars are texts, as a checksum of digits must not become a number. @throws UsageError */
export function readYaml(file: string, text: string): unknown {
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'error', schema: 'failsafe' });
  const [error] = document.errors;
  if (error) throw new UsageError(`${file}: is no valid YAML (${error.code.toLowerCase()}); mend it`);
  try {
    return document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw new UsageError(`${file}: has aliases that grow without end; write the values out`);
  }
}

function lineFrom(value: unknown): number | undefined {
  const line = Number(/\d{1,9}/.exec(String(value ?? ''))?.[0] ?? 0);
  return line > 0 ? line : undefined;
}

export function parseKingfisher({ file, text }: ForeignFileText): readonly ForeignEntry[] {
  const top = readYaml(file, text);
  const old = isObject(top) && isObject(top.ExactFindings) ? objectsOf(top.ExactFindings, 'matches') : [];
  const repositories = isObject(top) ? objectsOf(top, 'repositories') : [];
  if (!isObject(top) || !('ExactFindings' in top || 'repositories' in top))
    throw new UsageError(`${file}: is no baseline of kingfisher`);
  const items = [...repositories.flatMap((one) => objectsOf(one, 'findings')), ...old];
  const seen = new Set<string>();
  return items.flatMap((item, index): readonly ForeignEntry[] => {
    const at = `entry ${index + 1}`;
    const path = textOf(item, 'path') || textOf(item, 'filepath');
    const line = lineFrom(item.line ?? item.linenum);
    const rule = textOf(item, 'rule_id') || 'kingfisher';
    // The tree and its history are listed apart.
    const id = `${path}\n${line}\n${rule}`;
    if (seen.has(id)) return [];
    seen.add(id);
    if (path === '' || line === undefined)
      return [{ kind: 'left', at, what: path || 'an entry', why: 'it has no path or no line' }];
    return [{ kind: 'known', at, path, line, rule: rule.replace(/^[a-z]+\./, ''), reason: `from ${file}` }];
  });
}

/** `file:///…` and `%20` undone; a base that a run names is left out, as paths are relative to it. */
function pathFromUri(uri: string): string {
  try {
    return decodeURIComponent(uri.replace(/^file:\/\/(?:localhost)?/, ''));
  } catch {
    return uri;
  }
}

function readResult(result: JsonObject, at: string, file: string): ForeignEntry {
  const location = objectsOf(result, 'locations')[0];
  const physical = location && isObject(location.physicalLocation) ? location.physicalLocation : {};
  const artifact = isObject(physical.artifactLocation) ? physical.artifactLocation : {};
  const region = isObject(physical.region) ? physical.region : {};
  const snippet = isObject(region.snippet) ? textOf(region.snippet, 'text') : '';
  const fingerprints = isObject(result.partialFingerprints) ? result.partialFingerprints : {};
  const commit = textOf(fingerprints, 'commitSha');
  const path = pathFromUri(textOf(artifact, 'uri'));
  if (result.baselineState === 'absent')
    return { kind: 'left', at, what: path || 'a result', why: 'the log says that it is gone' };
  if (path === '' || typeof region.startLine !== 'number')
    return { kind: 'left', at, what: path || 'a result', why: 'it has no path or no line' };
  // gitleaks puts the value alone there, other tools the line.
  const isValue = commit !== '' && snippet !== '' && !/[\n\r]|^REDACTED$|\.\.\.$/.test(snippet);
  return {
    kind: 'known',
    at,
    path,
    line: region.startLine,
    rule: textOf(result, 'ruleId'),
    reason: `from ${file}`,
    ...(typeof region.endLine === 'number' && { endLine: region.endLine }),
    ...(commit !== '' && { commit }),
    ...(isValue && { digest: digestOf(snippet), length: snippet.length }),
  };
}

function isSuppressed(result: JsonObject): boolean {
  return objectsOf(result, 'suppressions').some((one) => !/^(?:underReview|rejected)$/.test(textOf(one, 'status')));
}

/** A log is a list of accepted findings; when it says itself which are suppressed, only these are. */
export function parseSarif({ file, text }: ForeignFileText): readonly ForeignEntry[] {
  const top: unknown = JSON.parse(text);
  if (!isObject(top) || !Array.isArray(top.runs)) throw new UsageError(`${file}: is no SARIF log (it has no "runs")`);
  const results = objectsOf(top, 'runs').flatMap((run) => objectsOf(run, 'results'));
  const hasSuppressed = results.some(isSuppressed);
  return results.map((result, index): ForeignEntry => {
    const entry = readResult(result, `result ${index + 1}`, file);
    if (entry.kind !== 'known' || !hasSuppressed || isSuppressed(result)) return entry;
    const what = `${entry.rule} at ${entry.path}:${entry.line}`;
    return { kind: 'left', at: entry.at, what, why: 'it is not suppressed, unlike others of the log' };
  });
}
