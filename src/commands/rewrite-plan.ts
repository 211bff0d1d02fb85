// `unleak history --rewrite-plan DIR`: what is needed to take the found values out of a history. Writes files that only
// their owner can read: replacements and renames for git-filter-repo, which hold values in clear, and a plan, which does not.
// Nothing of the values goes to standard output. Calls reveal().
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { UsageError } from '../model/errors.ts';
import type { Finding } from '../model/finding.ts';
import { FORGET_COMMANDS, type Holder } from '../model/history.ts';
import type { Report } from '../model/report.ts';
import { groupBySecret } from '../reporters/group-secrets.ts';
import { quoteForShell } from '../reporters/quote-shell.ts';
import { redactReport } from '../reporters/redact.ts';
import { makeVisible } from '../reporters/visible-text.ts';

const REPLACEMENT = '***REMOVED***';

/**
 * The folder for a plan.
 *
 * @throws UsageError before anything is scanned: when it holds something already, or lies where it could be committed
 */
export function checkPlanFolder(folder: string, cwd: string, root: string): string {
  const absolute = resolve(cwd, folder);
  const inside = relative(root, absolute);
  if (inside === '' || !(inside.startsWith('..') || inside.startsWith('/') || /^[A-Za-z]:/.test(inside))) {
    throw new UsageError('--rewrite-plan: the folder will hold values in clear; choose one outside of the repository');
  }
  if (existsSync(absolute) && readdirSync(absolute).length > 0) {
    throw new UsageError(`--rewrite-plan ${folder}: is not empty; choose a new folder`);
  }
  return absolute;
}

/** One line of git-filter-repo's `--replace-text`: plain values as they are, all others as a pattern of escaped bytes. */
export function formatReplacement(value: string): string {
  if (/^[A-Za-z0-9_./+-]+=*$/.test(value)) return `literal:${value}==>${REPLACEMENT}`;
  const pattern = [...Buffer.from(value, 'utf8')].map((byte) => {
    const letter = String.fromCharCode(byte);
    return /[A-Za-z0-9]/.test(letter) ? letter : `\\x${byte.toString(16).padStart(2, '0')}`;
  });
  return `regex:${pattern.join('')}==>${REPLACEMENT}`;
}

/** Lines of git-filter-repo's `--paths-from-file` for files whose path holds a value. Numbered, so that none collide. */
export function listRenames(findings: readonly Finding[]): readonly string[] {
  const rows = findings.flatMap(({ origin, secret }, i) => {
    if (origin.kind !== 'history' || origin.place !== 'name' || /==>|\n/.test(origin.path)) return [];
    return [`${origin.path}==>${origin.path.replaceAll(secret.reveal(), `REMOVED-${i + 1}`)}`];
  });
  return [...new Set(rows)];
}

/** Longest first: a value that is a part of another must not spoil it. */
function listValues(findings: readonly Finding[]): readonly string[] {
  const values = new Set(findings.map((finding) => finding.secret.reveal()));
  return [...values].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

function listHolders(findings: readonly Finding[], kinds: readonly Holder['kind'][]): readonly string[] {
  const holders = findings.flatMap(({ history }) => history?.holders ?? []).filter(({ kind }) => kinds.includes(kind));
  return [...new Set(holders.map(({ kind, name }) => `${kind} ${makeVisible(name) || 'of this work tree'}`))].sort();
}

function bullets(title: string, rows: readonly string[]): readonly string[] {
  return rows.length === 0 ? [] : [title, '', ...rows.map((row) => `- ${row}`), ''];
}

const code = (lines: readonly string[]): readonly string[] => ['```sh', ...lines, '```', ''];

/**
 * The plan for people, in Markdown; holds no values.
 *
 * @param replacements  name of the file with the values
 * @param renames  name of the file with the renames; undefined when no name holds a value
 */
export function formatPlan(unsafeReport: Report, replacements: string, renames: string | undefined): string {
  const report = redactReport(unsafeReport);
  const findings = report.findings.map(({ finding }) => finding);
  const groups = groupBySecret(report.findings);
  const stashes = listHolders(findings, ['stash']);
  const file = quoteForShell(replacements);
  const names = renames === undefined ? '' : ` --paths-from-file ${quoteForShell(renames)}`;
  const fingerprints = [...new Set(groups.map((group) => group.fingerprint))];
  const drops = stashes.map((name) => `git stash drop '${name.replace('stash ', '')}'`).reverse();
  return [
    '# Plan to take secrets out of a history',
    '',
    'A rewrite does not make a value secret again. Work on a copy first, and keep a backup.',
    '',
    '## 1. Rotate',
    '',
    ...groups.map((group) => {
      const { finding } = group.best;
      const where = report.rules.get(group.ruleId)?.rotate.where ?? '';
      return `- [ ] ${group.ruleId} ${finding.secret.masked()} (pushed: ${finding.history?.pushed}): ${makeVisible(where)}`;
    }),
    '',
    '## 2. What is concerned',
    '',
    ...bullets('Refs, which get new ids:', listHolders(findings, ['branch', 'tag', 'note', 'ref', 'head', 'remote'])),
    ...bullets('Stashes, which are dropped below (save what you need of them first):', stashes),
    ...bullets(
      'Work trees and indexes; commit or undo what is open there:',
      listHolders(findings, ['worktree', 'index']),
    ),
    ...bullets('Reflogs, which are emptied:', listHolders(findings, ['reflog'])),
    'All other clones and forks keep the old objects: ask their owners to clone anew. Hosts keep them too, for pull requests and',
    'forks: ask the host to collect garbage.',
    '',
    '## 3. Rewrite',
    '',
    'Let everybody push and stop. git-filter-repo (https://github.com/newren/git-filter-repo) does the work:',
    '',
    ...code([
      ...drops,
      `git filter-repo --force --replace-text ${file} --replace-message ${file}${names}`,
      'git worktree prune',
      ...FORGET_COMMANDS,
    ]),
    '## 4. Prove',
    '',
    'This must end with 0; it fails while any object, reflog or stash of this clone still holds one of the values:',
    '',
    ...code([`unleak history ${fingerprints.map((one) => `--verify ${one}`).join(' ')}`]),
    'It looks with the rules, so it does not see a value where nothing around it says what it is. Use the same baseline as now:',
    'fingerprints are made with its key.',
    '',
    '## 5. Publish',
    '',
    'git-filter-repo takes the remote away on purpose. When you are sure:',
    '',
    ...code(['git remote add origin URL', 'git push --force --all origin', 'git push --force --tags origin']),
    `Then delete ${file}${renames === undefined ? '' : ` and ${quoteForShell(renames)}`}: the values are in it in clear.`,
    '',
  ].join('\n');
}

/** Never over a file that is there. A file that cannot be written whole, for want of room, is taken away: it holds values. */
function writePrivate(file: string, text: string): void {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    writeFileSync(descriptor, text);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** Writes the files of the plan. @returns the name of the plan itself */
export function writePlan(report: Report, folder: string): string {
  const findings = report.findings.map(({ finding }) => finding);
  const [plan, replacements, renamed] = ['plan.md', 'replacements.txt', 'renames.txt'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  const renames = listRenames(findings);
  const lines = (rows: readonly string[]): string => rows.map((row) => `${row}\n`).join('');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writePrivate(replacements, lines(listValues(findings).map(formatReplacement)));
    if (renames.length > 0) writePrivate(renamed, lines(renames));
    writePrivate(plan, formatPlan(report, replacements, renames.length > 0 ? renamed : undefined));
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new UsageError(`--rewrite-plan: ${folder} cannot be written (${reason}); choose another folder`, { cause });
  }
  return plan;
}
