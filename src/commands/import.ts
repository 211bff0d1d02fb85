// `unleak import FILE…`: what other tools were told, for unleak. Shows the change and writes nothing; --yes writes. Nothing is
// widened: our own strict readers check every ignore, and what cannot be carried over is listed.
import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { formatBaseline } from '../baseline/baseline-file.ts';
import { createKey, fingerprintSecret } from '../baseline/fingerprint.ts';
import { createBaseline, updateBaseline } from '../baseline/update-baseline.ts';
import { CONFIG_FILE, IGNORE_FILE } from '../config/find-config-file.ts';
import { guessRepository } from '../git/repository.ts';
import { checkIgnoreLines, checkIgnores } from '../importers/check-ignores.ts';
import type { ForeignEntry, ForeignLeft } from '../importers/foreign-entry.ts';
import { readForeignFile, recogniseFormat } from '../importers/foreign-format.ts';
import type { Accepted } from '../importers/match-known.ts';
import { importedId } from '../importers/rule-draft.ts';
import { extendConfig, extendIgnoreFile, extendRules } from '../importers/write-files.ts';
import { UsageError } from '../model/errors.ts';
import { EXIT, type ExitCode } from '../model/exit-code.ts';
import { FOREIGN_FORMATS, type ForeignFormat } from '../model/foreign-format.ts';
import { makeVisible } from '../reporters/visible-text.ts';
import { listMatchers } from '../rules/compiled.ts';
import { writeAtomic } from '../util/write-atomic.ts';
import type { ImportArguments } from './arguments.ts';
import { importKnown } from './import-known.ts';
import { createLook } from './import-look.ts';
import { importRules } from './import-rules.ts';
import { openSession, type Session } from './session.ts';
import type { Terminal } from './terminal.ts';

const RULE_FILE = 'unleak-rules.yml';
const LARGEST_FILE = 64 << 20;

function readText(file: string, shown: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new UsageError(
      `${shown}: ${code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`}; nothing was written`,
      { cause },
    );
  }
  if (bytes.length > LARGEST_FILE) throw new UsageError(`${shown}: is larger than 64 MiB; nothing was written`);
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new UsageError(`${file}: cannot be read (${code}); nothing was written`, { cause });
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

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

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
  return patch.replace(/^=+\n/, '').replace(/\t\n/g, '\n');
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

async function planImport(args: ImportArguments, terminal: Terminal, session: Session): Promise<Import> {
  const { cwd } = terminal;
  const { root } = session;
  const shownOf = (file: string) => relative(root, file).split('\\').join('/');
  const left: Import['left'] = [];
  const notes: string[] = [];
  const configPath = join(root, CONFIG_FILE);
  const rulesPath = join(root, RULE_FILE);
  const ignorePath = join(root, IGNORE_FILE);
  const before = {
    config: readIfThere(configPath),
    rules: readIfThere(rulesPath),
    ignore: readIfThere(ignorePath),
    baseline: readIfThere(session.baselineFile),
  };
  let { config, rules, ignore } = before;
  const builtInIds = listMatchers(session.rules).map((matcher) => matcher.id);
  const providers = new Set(builtInIds.map((id) => id.slice(0, id.indexOf('.'))));
  const key = session.baseline?.key ?? createKey();
  const accepted: Accepted[] = [];
  let needsKey = false;
  for (const named of args.files) {
    const file = resolve(cwd, named);
    const shown = relative(cwd, file) || named;
    const text = readText(file, shown);
    const format = chooseFormat(shown, text, args.from);
    const entries = readForeignFile(format, { file: basename(file), text }, { providers, importedId });
    const leave = (list: readonly ForeignEntry[]): void => {
      for (const entry of list) if (entry.kind === 'left') left.push({ file: shown, entry });
    };
    leave(entries);
    const proved = await importRules(
      entries.filter((entry) => entry.kind === 'rule'),
      basename(file),
    );
    const ids = new Set([...builtInIds, ...proved.drafts.map((draft) => draft.id)]);
    const ignores = await checkIgnores(
      entries.filter((entry) => entry.kind === 'ignore'),
      ids,
    );
    const lines = checkIgnoreLines(entries.filter((entry) => entry.kind === 'ignore-line'));
    const look = createLook(session, terminal, [...new Set([root, dirname(file)])]);
    const known = await importKnown(entries, session, look, key);
    leave([...proved.left, ...ignores.left, ...lines.left, ...known.left]);
    const fresh = distinct(known.accepted);
    accepted.push(...fresh);
    needsKey ||= known.ignores.length > 0;
    const all = [...ignores.good, ...known.ignores];
    if (proved.drafts.length > 0) rules = extendRules(rules, proved.drafts);
    if (all.length > 0 || proved.drafts.length > 0)
      config = extendConfig(CONFIG_FILE, config, all, proved.drafts.length > 0 ? RULE_FILE : undefined);
    if (lines.good.length > 0) ignore = extendIgnoreFile(ignore, lines.good, `from ${basename(file)}`);
    const sum = [
      proved.drafts.length > 0 && count(proved.drafts.length, 'rule'),
      all.length + lines.good.length > 0 && count(all.length + lines.good.length, 'ignore'),
      fresh.length > 0 && `${count(fresh.length, 'finding')} accepted`,
      known.already > 0 && `${known.already} in the baseline already`,
      known.quiet > 0 && `${known.quiet} that unleak does not report anyway`,
    ].filter(Boolean);
    notes.push(`${shown} (${format}): ${sum.join(', ') || 'nothing to carry over'}`);
  }
  const changes: Change[] = [];
  const add = (path: string, old: string | undefined, after: string | undefined): void => {
    if (after !== undefined && after !== old && after !== '') changes.push({ file: shownOf(path), before: old, after });
  };
  add(rulesPath, before.rules, rules);
  add(ignorePath, before.ignore, ignore);
  if (accepted.length > 0 || (needsKey && !session.baseline))
    add(session.baselineFile, before.baseline, extendBaseline(session, accepted, key));
  add(configPath, before.config, config);
  return { changes, left, notes };
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
  await terminal.writeOut(notes.map((note) => `${note}\n`).join(''));
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
