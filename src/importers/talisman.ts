// .talismanrc: files accepted by checksum, detectors turned off for files, allowed and own patterns.
import { UsageError } from '../model/errors.ts';
import type { ForeignEntry, ForeignFileText } from './foreign-entry.ts';
import { isObject, type JsonObject, objectsOf, textOf, textsOf } from './foreign-json.ts';
import { readYaml } from './other-findings.ts';
import { ignoreValues } from './value-expression.ts';

function lineOf(text: string, needle: string): number {
  const at = text.indexOf(needle);
  return at < 0 ? 1 : text.slice(0, at).split('\n').length;
}

function readFile(item: JsonObject, at: number, file: string): readonly ForeignEntry[] {
  const path = textOf(item, 'filename');
  if (path === '') return [{ kind: 'left', at, what: 'an entry of fileignoreconfig', why: 'it has no filename' }];
  const reason = `from ${file}`;
  const checksum = textOf(item, 'checksum');
  const detectors = textsOf(item, 'ignore_detectors');
  const paths = [path];
  const allowed = textsOf(item, 'allowed_patterns').map((regex) =>
    ignoreValues(at, regex, { reason, paths, isWhole: true }),
  );
  const others: ForeignEntry[] = [];
  if (detectors.includes('filecontent')) others.push({ kind: 'ignore', at, paths, reason });
  else if (checksum !== '') others.push({ kind: 'file', at, path, checksum, reason });
  return [...others, ...allowed];
}

export function parseTalisman({ file, text }: ForeignFileText): readonly ForeignEntry[] {
  const top = readYaml(file, text);
  if (!isObject(top)) throw new UsageError(`${file}: is no .talismanrc (it has no keys)`);
  const reason = `from ${file}`;
  const files = objectsOf(top, 'fileignoreconfig').flatMap((item) =>
    readFile(item, lineOf(text, textOf(item, 'filename')), file),
  );
  const allowed = textsOf(top, 'allowed_patterns').map((regex) =>
    ignoreValues(lineOf(text, regex), regex, { reason, isWhole: true }),
  );
  const own = textsOf(top, 'custom_patterns').map(
    (regex, index): ForeignEntry => ({
      kind: 'rule',
      at: lineOf(text, regex),
      id: `talisman-${index + 1}`,
      description: 'A pattern of your .talismanrc.',
      regex,
      secretGroup: 0,
      entropy: 0,
      keywords: [],
    }),
  );
  const left = ['scopeconfig', 'custom_severities', 'threshold', 'experimental'].filter((key) => key in top);
  return [
    ...files,
    ...allowed,
    ...own,
    ...left.map(
      (key): ForeignEntry => ({
        kind: 'left',
        at: lineOf(text, key),
        what: key,
        why: 'unleak has no counterpart; it knows lock files, and has severities of its own',
      }),
    ),
  ];
}
