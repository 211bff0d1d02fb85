// `unleak import FILE…`: what other tools were told, for unleak. Shows the change and writes nothing; --yes writes. Nothing is
// widened: our own strict readers check every ignore, and what cannot be carried over is listed.

import { basename, dirname, join, relative, resolve } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { formatBaseline } from '../baseline/baseline-file.ts';
import { createKey, type FingerprintKey, fingerprintSecret } from '../baseline/fingerprint.ts';
import { createBaseline, updateBaseline } from '../baseline/update-baseline.ts';
import { CONFIG_FILE, IGNORE_FILE } from '../config/find-config-file.ts';
import { guessRepository } from '../git/repository.ts';
import { checkIgnoreLines, checkIgnores } from '../importers/check-ignores.ts';
import type { ForeignLeft } from '../importers/foreign-entry.ts';
import { readForeignFile, recogniseFormat } from '../importers/foreign-format.ts';
import type { Accepted } from '../importers/match-known.ts';
import { importedId, type RuleDraft } from '../importers/rule-draft.ts';
import { extendConfig, extendIgnoreFile, extendRules, type IgnoreData } from '../importers/write-files.ts';
import { UsageError } from '../model/errors.ts';
import { EXIT, type ExitCode } from '../model/exit-code.ts';
import { FOREIGN_FORMATS, type ForeignFormat } from '../model/foreign-format.ts';
import { makeVisible } from '../reporters/visible-text.ts';
import { listMatchers } from '../rules/compiled.ts';
import { countOf } from '../util/amounts.ts';
import { describeUnread, LARGEST_SETTINGS, readRegular, readWhole } from '../util/read-whole.ts';
import { writeAtomic } from '../util/write-atomic.ts';
import type { ImportArguments } from './arguments.ts';
import { importKnown } from './import-known.ts';
import { createLook } from './import-look.ts';
import { importRules } from './import-rules.ts';
import { openSession, type Session } from './session.ts';
import type { Terminal } from './terminal.ts';

const RULE_FILE = 'unleak-rules.yml';

function readText(file: string, shown: string): string {
  let bytes: Buffer;
  try {
    bytes = readWhole(file, LARGEST_SETTINGS);
  } catch (cause) {
    throw new UsageError(`${shown}: ${describeUnread(cause)}; nothing was written`, { cause });
  }
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}

function readIfThere(file: string): string | undefined {
  try {
    return readRegular(file, LARGEST_SETTINGS).toString('utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UsageError(`${file}: ${describeUnread(cause)}; nothing was written`, { cause });
  }
}

/** A file of ours before and after. */
interface Change {
  readonly file: string;
  readonly before: string | undefined;
  readonly after: string;
}

/** What one or more foreign files come to. */
interface Import {
  readonly changes: Change[];
  readonly left: { readonly file: string; readonly entry: ForeignLeft }[];
  readonly notes: string[];
}

function chooseFormat(file: string, text: string, wanted: ForeignFormat | undefined): ForeignFormat {
  const format = wanted ?? recogniseFormat(basename(file), text);
  if (format) return format;
  throw new UsageError(`${file}: its format is not recognised; say it with --from ${FOREIGN_FORMATS.join('|')}`);
}

/** Relative to a folder, with `/`. */
function pathFrom(folder: string, file: string): string {
  return relative(folder, file).split('\\').join('/');
}

/** One for each secret and file. */
function distinct(accepted: readonly Accepted[]): readonly Accepted[] {
  return [...new Map(accepted.map((one) => [`${one.finding.fingerprint} ${one.finding.origin.path}`, one])).values()];
}

/** The key in a diff says nothing, and a new one is made at each run. */
function hideKey(text: string): string {
  return text.replace(/^(key|key-check): [0-9a-f]+$/gm, '$1: …');
}

function formatChange({ file, before, after }: Change): string {
  const patch = createTwoFilesPatch(
    before === undefined ? '/dev/null' : `a/${file}`,
    `b/${file}`,
    hideKey(before ?? ''),
    hideKey(after),
    undefined,
    undefined,
    { context: 2 },
  );
  return patch
    .replace(/^=+\n/, '')
    .split('\n')
    .map((line) => makeVisible(line.replace(/\t$/, '')))
    .join('\n');
}

/** The baseline with these findings in it. */
function extendBaseline(session: Session, accepted: readonly Accepted[], key: Uint8Array): string {
  const reasons = new Set(accepted.map(({ reason }) => reason));
  let baseline = session.baseline ?? createBaseline(session.baselineFile, key, false, [], '');
  for (const reason of reasons) {
    const findings = accepted
      .filter((one) => one.reason === reason)
      .map(({ finding }) => ({ ...finding, fingerprint: fingerprintSecret(key, finding.secret) }));
    ({ baseline } = updateBaseline(baseline, findings, session.prefix, { reason }));
  }
  return formatBaseline(baseline);
}

/** What one foreign file comes to, checked and proved. */
interface CarriedOver {
  readonly shown: string;
  readonly drafts: readonly RuleDraft[];
  readonly ignores: readonly IgnoreData[];
  readonly lines: readonly string[];
  readonly accepted: readonly Accepted[];
  /** Among the ignores are fingerprints, which need the key of a baseline. */
  readonly hasFingerprints: boolean;
  readonly left: readonly ForeignLeft[];
  readonly note: string;
}

async function carryOver(
  named: string,
  args: ImportArguments,
  terminal: Terminal,
  session: Session,
  key: FingerprintKey,
): Promise<CarriedOver> {
  const { root } = session;
  const file = resolve(terminal.cwd, named);
  const text = readText(file, named);
  const format = chooseFormat(named, text, args.from);
  const ruleIds = listMatchers(session.rules).map((matcher) => matcher.id);
  const providers = new Set(ruleIds.map((id) => id.slice(0, id.indexOf('.'))));
  const input = { file: basename(file), path: pathFrom(root, file), text };
  const entries = readForeignFile(format, input, { providers, importedId });

  const proved = await importRules(
    entries.filter((entry) => entry.kind === 'rule'),
    input.file,
  );
  const ignores = await checkIgnores(
    entries.filter((entry) => entry.kind === 'ignore'),
    new Set([...ruleIds, ...proved.drafts.map((draft) => draft.id)]),
  );
  const lines = checkIgnoreLines(entries.filter((entry) => entry.kind === 'ignore-line'));
  const look = createLook(session, terminal, [...new Set([root, dirname(file)])]);
  const known = await importKnown(entries, session, look, key);
  const accepted = distinct(known.accepted);
  const ignoreCount = ignores.good.length + known.ignores.length + lines.good.length;
  const sum = [
    proved.drafts.length > 0 && countOf(proved.drafts.length, 'rule'),
    ignoreCount > 0 && countOf(ignoreCount, 'ignore'),
    accepted.length > 0 && `${countOf(accepted.length, 'finding')} accepted`,
    known.already > 0 && `${known.already} in the baseline already`,
    known.quiet > 0 && `${known.quiet} that unleak does not report anyway`,
  ].filter(Boolean);
  return {
    shown: named,
    drafts: proved.drafts,
    ignores: [...ignores.good, ...known.ignores],
    lines: lines.good,
    accepted,
    hasFingerprints: known.ignores.length > 0,
    left: [
      ...entries.filter((entry) => entry.kind === 'left'),
      ...proved.left,
      ...ignores.left,
      ...lines.left,
      ...known.left,
    ],
    note: `${named} (${format}): ${sum.join(', ') || 'nothing to carry over'}`,
  };
}

async function planImport(args: ImportArguments, terminal: Terminal, session: Session): Promise<Import> {
  const { root, baselineFile } = session;
  const key = session.baseline?.key ?? createKey();
  const all: CarriedOver[] = [];
  for (const named of args.files) all.push(await carryOver(named, args, terminal, session, key));
  const changes: Change[] = [];
  const change = (path: string, extend: (before: string | undefined) => string | undefined): void => {
    const before = readIfThere(path);
    const after = extend(before);
    if (after !== undefined && after !== before && after !== '')
      changes.push({ file: pathFrom(root, path), before, after });
  };
  const drafts = all.flatMap((one) => one.drafts);
  const ignores = all.flatMap((one) => one.ignores);
  const accepted = all.flatMap((one) => one.accepted);
  change(join(root, RULE_FILE), (before) => (drafts.length > 0 ? extendRules(before, drafts) : before));
  change(join(root, IGNORE_FILE), (before) =>
    all
      .filter(({ lines }) => lines.length > 0)
      .reduce<string | undefined>(
        (text, one) => extendIgnoreFile(text, one.lines, `from ${basename(one.shown)}`),
        before,
      ),
  );
  const needsBaseline = accepted.length > 0 || (!session.baseline && all.some((one) => one.hasFingerprints));
  change(baselineFile, (before) => (needsBaseline ? extendBaseline(session, accepted, key) : before));
  change(join(root, CONFIG_FILE), (before) =>
    ignores.length + drafts.length > 0
      ? extendConfig(CONFIG_FILE, before, ignores, drafts.length > 0 ? RULE_FILE : undefined)
      : before,
  );
  const left = all.flatMap((one) => one.left.map((entry) => ({ file: one.shown, entry })));
  return { changes, left, notes: all.map((one) => one.note) };
}

function formatLeft(left: Import['left']): string {
  if (left.length === 0) return '';
  const rows = left.map(
    ({ file, entry: { at, what, why } }) => `  ${file}${typeof at === 'number' ? `:${at}` : ` ${at}`}: ${what}: ${why}`,
  );
  return `Not carried over:\n${[...new Set(rows)].map((row) => `${makeVisible(row)}\n`).join('')}\n`;
}

/** @throws UsageError for a file that is none of the known formats; nothing is written then */
export async function runImport(args: ImportArguments, terminal: Terminal): Promise<ExitCode> {
  if (args.files.length === 0)
    throw new UsageError(
      '"unleak import" needs the files of the other tool, such as: unleak import .gitleaks.toml .gitleaksignore',
    );
  const { cwd, environment } = terminal;
  const root = guessRepository(cwd, environment)?.topLevel ?? cwd;
  const session = await openSession(args, terminal, { root });
  const { changes, left, notes } = await planImport(args, terminal, session);
  if (!args.yes) await terminal.writeOut(changes.map((change) => `${formatChange(change)}\n`).join(''));
  else {
    for (const { file, after } of changes) {
      try {
        writeAtomic(join(root, file), after);
      } catch (cause) {
        const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error';
        throw new UsageError(`${file}: cannot be written (${code}); what stands after it was not written`, { cause });
      }
    }
  }
  await terminal.writeOut(formatLeft(left));
  await terminal.writeOut(notes.map((note) => `${makeVisible(note)}\n`).join(''));
  const files = changes.map(({ file }) => file).join(', ');
  if (changes.length === 0) await terminal.writeOut('Nothing to write.\n');
  else
    await terminal.writeOut(
      args.yes
        ? `Written: ${files}. Look at them with git diff, then: unleak scan\n`
        : `Nothing is written yet. To write ${files}: add --yes\n`,
    );
  return EXIT.clean;
}
