// `unleak plan [REPORT|PATH…]`: from findings and the vault's names to what to do with each secret. Changes nothing: it
// writes a plan, and people run it.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { EXIT, type ExitCode } from '../model/exit-code.ts';
import type { Secret } from '../model/secret.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { listPlanFiles } from '../plan/plan-folder.ts';
import { renderJson } from '../plan/render-json.ts';
import { renderMarkdown } from '../plan/render-markdown.ts';
import { renderText } from '../plan/render-text.ts';
import { describePlan } from '../plan/render-words.ts';
import { redactText } from '../reporters/redact.ts';
import { writeAtomic } from '../util/write-atomic.ts';
import type { PlanArguments } from './plan-arguments.ts';
import { runPrintDiff } from './plan-diff.ts';
import { checkPlanOperands, openPlanSources } from './plan-input.ts';
import { createOwners } from './plan-owners.ts';
import { askVault } from './plan-vault.ts';
import type { Terminal } from './terminal.ts';
import { TOOL } from './tool.ts';

type Format = 'text' | 'markdown' | 'json';

const ENDINGS: readonly (readonly [string, Format])[] = [
  ['.md', 'markdown'],
  ['.markdown', 'markdown'],
  ['.json', 'json'],
  ['.txt', 'text'],
];

interface Destination {
  readonly format: Format;
  readonly file: string | undefined;
}

/** Standard output when no --output is given; a --format beside one --output is for it. */
function planDestinations({ formats, outputs, plan }: PlanArguments): readonly Destination[] {
  const given = formats.at(-1) as Format | undefined;
  if (formats.length > 1 && outputs.length === 0)
    throw new UsageError('--format was given more than once; one plan goes to standard output');
  if (outputs.length === 0)
    return plan.write === undefined || given !== undefined ? [{ format: given ?? 'text', file: undefined }] : [];
  return outputs.map((file, i) => {
    const byEnding = ENDINGS.find(([ending]) => file.toLowerCase().endsWith(ending))?.[1];
    const format = (formats[i] as Format | undefined) ?? byEnding ?? (outputs.length === 1 ? given : undefined);
    if (format === undefined)
      throw new UsageError(`--output ${file}: the ending says no format; use .txt, .md or .json, or give --format`);
    return { format, file };
  });
}

/** @throws UsageError before anything is scanned */
function checkFolder(folder: string, cwd: string): string {
  const place = resolve(cwd, folder);
  if (!existsSync(place)) return place;
  let names: readonly string[];
  try {
    names = readdirSync(place);
  } catch (cause) {
    throw new UsageError(`--write ${folder}: is no folder that can be read; choose a new one`, { cause });
  }
  if (names.length > 0)
    throw new UsageError(`--write ${folder}: is not empty; choose a new folder, or remove the old plan`);
  return place;
}

function failToWrite(name: string, cause: unknown): never {
  throw new UsageError(
    `${name}: cannot be written (${(cause as NodeJS.ErrnoException).code ?? 'unknown error'}); choose another place`,
    { cause },
  );
}

/** One folder after the other: Node's own recursive way never ends below /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  mkdirSync(folder);
}

function writeFolder(plan: Plan, folder: string, shown: string, hide: (text: string) => string): void {
  const isNew = !existsSync(folder);
  try {
    for (const { path, text } of listPlanFiles(plan, shown)) {
      const file = join(folder, path);
      makeFolder(dirname(file));
      writeFileSync(file, hide(text), { flag: 'wx' });
    }
  } catch (cause) {
    // Half a plan is none, and another try wants an empty folder.
    if (isNew) rmSync(folder, { recursive: true, force: true });
    failToWrite(folder, cause);
  }
}

/** Values are removed from all that leaves: paths, names of entries and snippets of code may hold one. */
function createHider(values: readonly Secret[]): (text: string) => string {
  return (text) => redactText(text, values);
}

function render(plan: Plan, format: Format, args: PlanArguments, terminal: Terminal, isFile: boolean): string {
  if (format === 'json') return renderJson(plan);
  if (format === 'markdown') return `${renderMarkdown(plan, args.plan.write)}`;
  const isPlain = isFile || (terminal.environment.NO_COLOR ?? '') !== '' || !terminal.isOutTerminal;
  return renderText(plan, { color: args.color ?? !isPlain, width: terminal.columns, shell: args.plan.shell });
}

/** @throws UsageError, ConfigError */
export async function runPlan(args: PlanArguments, terminal: Terminal): Promise<ExitCode> {
  checkPlanOperands(args);
  if (args.plan.printDiff !== undefined) return runPrintDiff(args.plan.printDiff, terminal);
  const destinations = planDestinations(args);
  const folder = args.plan.write === undefined ? undefined : checkFolder(args.plan.write, terminal.cwd);
  const sources = await openPlanSources(args, terminal);
  const { session } = sources;
  const vault = await askVault(args, sources, terminal, sources.isSaved);
  const notes = [...sources.notes, ...vault.notes];
  const plan = makePlan({
    tool: TOOL,
    subject: sources.subject,
    project: basename(session.top) || undefined,
    secrets: sources.secrets,
    index: vault.index,
    references: vault.references,
    notes,
    options: args.plan,
    readFile: sources.files.readFile,
    hasFile: sources.files.hasFile,
    ownersOf: createOwners(args.plan.owners, session, terminal, (note) => notes.push(note)),
    datesOf: vault.datesOf,
    valuesOf: vault.valuesOf,
  });
  const hide = createHider(sources.values);
  if (folder !== undefined) {
    writeFolder(plan, folder, (args.plan.write ?? '').replace(/[/\\]+$/, '') || '.', hide);
    if (args.verbosity !== 'quiet')
      terminal.writeError(
        `unleak: ${hide(describePlan(plan))}. Begin with ${join(args.plan.write ?? '', 'plan.md')}\n`,
      );
  }
  for (const { format, file } of destinations) {
    const text = hide(render(plan, format, args, terminal, file !== undefined));
    if (file === undefined) await terminal.writeOut(text);
    else {
      try {
        writeAtomic(resolve(terminal.cwd, file), text);
      } catch (cause) {
        failToWrite(file, cause);
      }
    }
  }
  return vault.isMissing ? EXIT.incomplete : EXIT.clean;
}
