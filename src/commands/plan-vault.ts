// What `unleak plan` asks the vault: names and dates, references in the code, and values if the user wants it. Nothing of
// the vault is loaded when no names are asked for.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS } from '../checks/registry.ts';
import { UsageError } from '../model/errors.ts';
import type { DateVerdict, ReferenceFault, ValueMatch, VaultEntry, VaultIndex } from '../model/vault.ts';
import { createRulesDetector } from '../pipeline/create-detector.ts';
import { createTextScanner } from '../pipeline/text-scanner.ts';
import type { HistoryNote } from '../plan/plan-input.ts';
import { redactText } from '../reporters/redact.ts';
import { createTreeSource } from '../sources/tree-source.ts';
import type { OpenedVault } from '../vault/open-vault.ts';
import type { PlanArguments } from './plan-arguments.ts';
import type { PlanSources } from './plan-input.ts';
import { createPathIgnores } from './scan-report.ts';
import type { Session } from './session.ts';
import type { Terminal } from './terminal.ts';

export interface VaultAnswers {
  readonly index: VaultIndex | undefined;
  readonly references: readonly ReferenceFault[];
  readonly datesOf: (entry: VaultEntry, history: HistoryNote | undefined) => DateVerdict | undefined;
  readonly valuesOf: (fingerprint: string) => readonly ValueMatch[];
  readonly notes: readonly string[];
  /** A listing failed and --aws-required was given. */
  readonly isMissing: boolean;
}

const NOTHING: VaultAnswers = {
  index: undefined,
  references: [],
  datesOf: () => undefined,
  valuesOf: () => [],
  notes: [],
  isMissing: false,
};

/** Looks for secrets in texts of entries with the rules of the session. */
function createTextRedactor(session: Session) {
  const scanner = createTextScanner(createRulesDetector(session.rules, CHECKS));
  return (text: string): { readonly text: string; readonly ruleIds: readonly string[] } => {
    scanner.scanBlob({
      kind: 'blob',
      origin: { kind: 'stdin', path: 'description.txt' },
      bytes: Buffer.from(text, 'utf8'),
      addedLines: undefined,
    });
    const found = scanner.take().located.filter(({ confidence }) => confidence !== 'low');
    if (found.length === 0) return { text, ruleIds: [] };
    return {
      text: redactText(
        text,
        found.map(({ secret }) => secret),
      ),
      ruleIds: found.map(({ ruleId }) => ruleId),
    };
  };
}

/** Reads the code once more for the names that stand in it. */
async function readReferences(args: PlanArguments, session: Session, cwd: string, isSaved: boolean) {
  const { findReferences, LARGEST_CODE_FILE } = await import('../vault/find-references.ts');
  const source = createTreeSource({
    ...createPathIgnores(session),
    cwd: isSaved ? session.root : cwd,
    paths: isSaved ? [] : args.operands,
  });
  const found = [];
  // What is left out was told by the scan of the same files.
  for await (const batch of source.targets(() => {})) {
    for (const target of batch) {
      if (target.kind !== 'file') continue;
      const file = join(session.root, target.path);
      const size = statSync(file, { throwIfNoEntry: false });
      if (!size?.isFile() || size.size > LARGEST_CODE_FILE) continue;
      try {
        found.push(...findReferences(readFileSync(file, 'utf8'), target.path));
      } catch (error) {
        // Only files that vanish or cannot be read; the scan has told of them.
        if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      }
    }
  }
  return found;
}

const COMPARE_WAIT_MS = 120_000;

/** Says what it costs, asks, and compares. @throws UsageError when nobody said yes */
async function compare(args: PlanArguments, opened: OpenedVault, sources: PlanSources, terminal: Terminal) {
  const { compareValues, describeComparison } = await import('../vault/compare-values.ts');
  const { askTerminal } = await import('../vault/ask-terminal.ts');
  const { entries } = opened.index;
  for (const line of describeComparison(entries)) terminal.writeError(`unleak: --compare-values ${line}\n`);
  if (!args.vault.yes) {
    const answer = await askTerminal('Read these values now? [y/N] ', COMPARE_WAIT_MS);
    if (answer === undefined)
      throw new UsageError('--compare-values needs a yes: there is no terminal to ask; give --yes');
    if (!/^y(?:es)?$/i.test(answer)) throw new UsageError('--compare-values: not confirmed; nothing was read');
  }
  return compareValues(entries, sources.leaked, opened.accesses, args.vault.awsTimeoutMs);
}

/** @throws UsageError, ConfigError; never for AWS */
export async function askVault(
  args: PlanArguments,
  sources: PlanSources,
  terminal: Terminal,
  isSaved: boolean,
): Promise<VaultAnswers> {
  const { session } = sources;
  const { checkVaultArguments, isVaultIncomplete, openVault, saveIndex, wantsVault } = await import(
    '../vault/open-vault.ts'
  );
  checkVaultArguments(args.vault, session.settings.aws);
  if (!wantsVault(args.vault, session.settings.aws)) return NOTHING;
  const { verdictOf } = await import('../vault/date-verdict.ts');
  const { checkReferences, compareFaults } = await import('../vault/check-references.ts');
  const { cleanTexts, lintEntries } = await import('../vault/lint-entries.ts');
  // The clock is read once, so that one run knows one time.
  const now = new Date();
  const opened = await openVault(args.vault, session.settings.aws, {
    environment: terminal.environment as Record<string, string | undefined>,
    cwd: terminal.cwd,
    now: () => now,
  });
  try {
    const clean = cleanTexts(opened.index, createTextRedactor(session));
    if (args.vault.saveIndex !== undefined) saveIndex(clean.index, args.vault.saveIndex, terminal.cwd);
    const comparison = args.vault.compareValues ? await compare(args, opened, sources, terminal) : undefined;
    const check = checkReferences(clean.index, await readReferences(args, session, terminal.cwd, isSaved));
    return {
      index: clean.index,
      references: [...check.faults, ...clean.faults, ...lintEntries(clean.index, now)].sort(compareFaults),
      datesOf: (entry, history) =>
        verdictOf(entry, { firstDate: history?.since, pushed: history?.pushed ?? 'unknown' }, now),
      valuesOf: (fingerprint) => comparison?.matches.filter((match) => match.fingerprint === fingerprint) ?? [],
      notes: comparison?.problems ?? [],
      isMissing: args.vault.awsRequired && isVaultIncomplete(opened.index),
    };
  } finally {
    opened.close();
  }
}
