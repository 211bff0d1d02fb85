// Reads `ignore:` of .unleak.yml into IgnoreEntry values. An entry must say what it is about and why, and may not hide
// everything; a reason is asked for because nobody remembers it a year later.
import { isCalendarDate } from '../util/calendar-date.ts';
import { compileGlob, findGlobFault } from './glob.ts';
import type { IgnoreEntry, PathTest } from './ignore-entry.ts';
import { hidesEveryPath } from './path-filter.ts';
import { compileValuePattern } from './value-pattern.ts';
import type { YamlMap, YamlReader, YamlValue } from './yaml-reader.ts';

export const IGNORE_KEYS = ['paths', 'rule', 'value', 'fingerprint', 'reason', 'until'] as const;

/** What is wrong with a path pattern of the config file, with what to do; undefined when it can match. */
export function findPathPatternFault(pattern: string): string | undefined {
  if (pattern.trim() === '') return 'the path pattern is empty; write a path or remove it';
  if (pattern !== pattern.trim()) return 'the path pattern starts or ends with a blank; remove it';
  if (pattern.includes('\\')) return 'the path pattern holds a back-slash; paths are written with /';
  if (/^(?:\/|[A-Za-z]:)/.test(pattern))
    return 'the path pattern is absolute and can match nothing; write it relative to this file';
  if (pattern.startsWith('!'))
    return 'a path pattern cannot be negated; name the paths to ignore, or use .unleakignore';
  const braces = pattern.replace(/[^{}]/g, '');
  if (braces.replaceAll('{}', '') !== '')
    return 'the braces of the path pattern are not closed or stand inside each other';
  if (/\[[^\]]*$/.test(pattern)) return 'the bracket of the path pattern is not closed';
  return findGlobFault(pattern.replace(/\/$/, ''));
}

/** A pattern that names a folder means everything inside it. */
function compilePathPattern(pattern: string): PathTest {
  const bare = pattern.replace(/\/$/, '');
  const inside = compileGlob(`${bare}/**`, 'config');
  if (pattern.endsWith('/')) return inside;
  const itself = compileGlob(bare, 'config');
  return bare.endsWith('*') ? itself : (path) => itself(path) || inside(path);
}

function readPaths(reader: YamlReader, node: YamlValue): { paths: readonly string[]; test: PathTest } {
  const tests: PathTest[] = [];
  const paths: string[] = [];
  for (const { text, line } of reader.strings(node)) {
    const fault = findPathPatternFault(text);
    if (fault) reader.fault(line, fault);
    else {
      paths.push(text);
      tests.push(compilePathPattern(text));
    }
  }
  return { paths, test: (path) => tests.some((test) => test(path)) };
}

function readUntil(reader: YamlReader, node: YamlValue): string | undefined {
  const text = reader.string(node);
  if (text === undefined || isCalendarDate(text)) return text;
  reader.fault(node.line, 'until: is not a date; write YYYY-MM-DD');
  return undefined;
}

function readFingerprint(reader: YamlReader, node: YamlValue): string | undefined {
  const text = reader.string(node);
  if (text === undefined || /^[0-9a-f]{32}$/.test(text)) return text;
  reader.fault(node.line, 'fingerprint: is not 32 hexadecimal digits; copy it from a report, and quote it');
  return undefined;
}

/** Rules that need the whole entry. */
function checkEntry(reader: YamlReader, map: YamlMap, entry: IgnoreEntry): void {
  const isAboutSomething = ['paths', 'rule', 'value', 'fingerprint'].some((key) => map.entries.has(key));
  if (!isAboutSomething)
    reader.fault(map.line, 'the entry says not what to ignore; add paths, rule, value or fingerprint');
  if (!map.entries.has('reason'))
    reader.fault(map.line, 'the entry has no reason; add reason: and say why this is no leak');
  const isPathsAlone = ['rule', 'value', 'fingerprint'].every((key) => !map.entries.has(key));
  if (entry.paths.length > 0 && isPathsAlone && hidesEveryPath(entry.matchesPath)) {
    reader.fault(map.line, 'the entry hides every file; name the paths that you mean, or add rule or value');
  }
}

async function readEntry(reader: YamlReader, node: YamlValue, number: number): Promise<IgnoreEntry | undefined> {
  const map = reader.map(node, IGNORE_KEYS, `entry ${number} of ignore`);
  if (!map) return undefined;
  const read = <T>(key: string, parse: (value: YamlValue) => T): T | undefined => {
    const value = map.entries.get(key);
    return value === undefined ? undefined : parse(value);
  };
  const paths = read('paths', (value) => readPaths(reader, value));
  const value = await read('value', (pattern) => compileValuePattern(reader, pattern));
  const reason = read('reason', (text) => reader.string(text));
  const entry: IgnoreEntry = {
    name: `config ignore ${number} (${reader.file}:${map.line})`,
    paths: paths?.paths ?? [],
    matchesPath: paths?.test ?? (() => true),
    rule: read('rule', (selector) => reader.ruleSelector(selector)),
    value,
    fingerprint: read('fingerprint', (text) => readFingerprint(reader, text)),
    reason: reason ?? '',
    until: read('until', (text) => readUntil(reader, text)),
  };
  checkEntry(reader, map, entry);
  return entry;
}

/** Reads the list under `ignore:`; faults go to the reader, so the result counts only when there are none. */
export async function readIgnores(reader: YamlReader, node: YamlValue): Promise<readonly IgnoreEntry[]> {
  const entries: IgnoreEntry[] = [];
  for (const [index, item] of reader.list(node).entries()) {
    const entry = await readEntry(reader, item, index + 1);
    if (entry) entries.push(entry);
  }
  return entries;
}
