// A saved JSON report (`--format json`) → the report it was made from. Reports of other tools, of other versions of the format
// and broken ones are refused in one line.
import { UsageError } from '../model/errors.ts';
import { SEVERITIES } from '../model/levels.ts';
import type { Problem, ProblemKind } from '../model/problem.ts';
import type { Coverage, Report, ScanMode } from '../model/report.ts';
import type { RuleInfo } from '../model/rule.ts';
import { SCHEMA_VERSION } from '../reporters/json.ts';
import { PROBLEM_TITLES } from '../reporters/text-problems.ts';
import { isJsonObject, type JsonObject, parseJson } from '../util/json-object.ts';
import { readRuleId } from './forms.ts';
import {
  optional,
  type Read,
  readBoolean,
  readInteger,
  readList,
  readObject,
  readText,
  readWord,
  ShapeError,
} from './json-shape.ts';
import { readReported, readSuppressed } from './read-finding.ts';
import { readShardNote } from './read-shard.ts';

const MODES: readonly ScanMode[] = ['tree', 'staged', 'diff', 'stdin', 'history', 'merged'];
const count = readInteger(0);

export const readProblem: Read<Problem> = readObject((take) => ({
  kind: take('kind', readWord(Object.keys(PROBLEM_TITLES) as ProblemKind[])),
  path: take('path', optional(readText)),
  message: take('message', readText),
}));

const readCoverage = readObject((take): Coverage => {
  const commits = take('commits', optional(count));
  const cached = take('cached', optional(count));
  return {
    files: take('files', count),
    bytes: take('bytes', count),
    ignoredFiles: take('ignoredFiles', count),
    rules: take('rules', count),
    ...(commits === undefined ? {} : { commits }),
    ...(cached === undefined ? {} : { cached }),
    isComplete: take('isComplete', readBoolean),
  };
});

const readRule = readObject(
  (take): RuleInfo => ({
    id: take('id', readRuleId),
    name: take('name', readText),
    description: take('description', readText),
    severity: take('severity', readWord(SEVERITIES)),
    provider: take('provider', readText),
    rotate: take(
      'rotate',
      readObject((rotate) => ({
        where: rotate('where', readText),
        url: rotate('url', optional(readText)),
        notes: rotate('notes', optional(readText)),
      })),
    ),
    temporary: take('temporary', optional(readText)),
    vault: take(
      'vault',
      optional(
        readObject((vault) => ({ kind: vault('kind', readText), jsonKeys: vault('jsonKeys', readList(readText)) })),
      ),
    ),
    references: take('references', readList(readText)),
  }),
);

const readDocument = readObject((take): Report => {
  const tool = take(
    'tool',
    readObject((inner) => ({ name: inner('name', readText), version: inner('version', readText) })),
  );
  const options = take(
    'options',
    readObject((inner) => ({ reveal: inner('reveal', readBoolean), isStrict: inner('failOnNewPlace', readBoolean) })),
  );
  const shard = take('shard', optional(readShardNote(readProblem)));
  return {
    tool,
    mode: take('mode', readWord(MODES)),
    subject: take('subject', readText),
    findings: take('findings', readList(readReported)),
    suppressed: take('suppressed', readList(readSuppressed)),
    suppressions: take(
      'suppressions',
      readList(readObject((use) => ({ name: use('name', readText), count: use('count', count) }))),
    ),
    problems: take('problems', readList(readProblem)),
    coverage: take('coverage', readCoverage),
    rules: new Map(take('rules', readList(readRule)).map((rule) => [rule.id, rule])),
    reveal: options.reveal,
    failOnNewPlace: options.isStrict,
    ...(shard && { shard }),
  };
});

/** What else a file may be, from its first members. */
function guessKind(value: unknown): string {
  if (Array.isArray(value)) return 'a list, such as gitleaks writes';
  if (!isJsonObject(value)) return 'no object';
  if (Array.isArray(value.runs)) return 'SARIF';
  if (Array.isArray(value.vulnerabilities)) return 'a report for GitLab';
  return 'something else';
}

function isJsonLines(text: string): boolean {
  const lines = text.split('\n', 2);
  const first = parseJson(lines[0] ?? '');
  return lines.length > 1 && isJsonObject(first) && ('fingerprint' in first || 'summary' in first);
}

/** @throws UsageError for what is no report of ours, before its parts are read */
function checkHead(document: unknown, file: string, text: string): asserts document is JsonObject {
  const advice = 'make one with: unleak scan --format json';
  if (document === undefined) {
    if (text.trim() === '') throw new UsageError(`${file}: is empty; did the scan that makes it fail?`);
    if (isJsonLines(text)) throw new UsageError(`${file}: is JSON Lines, which has no rules in it; ${advice}`);
    throw new UsageError(`${file}: is no JSON, or was cut short; ${advice}`);
  }
  const isOurs = isJsonObject(document) && isJsonObject(document.tool) && document.tool.name === 'unleak';
  if (!isOurs) throw new UsageError(`${file}: is ${guessKind(document)}, no JSON report of unleak; ${advice}`);
  const { schemaVersion } = document;
  if (schemaVersion === SCHEMA_VERSION) return;
  const version = Number.isSafeInteger(schemaVersion) ? `version ${String(schemaVersion)}` : 'no version';
  const cure = 'use the unleak that made it, or scan again';
  throw new UsageError(
    `${file}: has ${version} of the report format, and this unleak reads ${SCHEMA_VERSION}; ${cure}`,
  );
}

/**
 * @param text  content of the file
 * @param file  its name, for messages
 * @throws UsageError in one line that names the file and the first member that is wrong
 */
export function readReport(text: string, file: string): Report {
  const document = parseJson(text.replace(/^\ufeff/, ''));
  checkHead(document, file, text);
  try {
    return readDocument(document, '');
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    const message = `${file}: is broken or was changed: ${error.message}; scan again with --format json`;
    throw new UsageError(message, { cause: error });
  }
}
