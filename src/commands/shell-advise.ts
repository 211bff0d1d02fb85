// `unleak shell --advise [SHELL…]`: settings, a snippet that warns, and safe ways to enter a secret. Reads no history.
import { AWS_ENTRY, AWS_KEYS, type EntryWay } from '../advise/aws-entry.ts';
import { findAdvice, SHELL_ADVICE, type ShellAdvice } from '../advise/shell-advice.ts';
import { UsageError } from '../model/errors.ts';
import { EXIT, type ExitCode } from '../model/exit-code.ts';
import { makeVisible } from '../reporters/visible-text.ts';
import { didYouMean } from '../util/did-you-mean.ts';
import type { ShellArguments } from './arguments.ts';
import type { Terminal } from './terminal.ts';

const indent = (lines: readonly string[]): readonly string[] => lines.map((line) => (line === '' ? '' : `    ${line}`));

function describeShell(advice: ShellAdvice): readonly string[] {
  const { name, file, settings, snippet, entry, notes } = advice;
  return [
    `== ${name} ==`,
    '',
    `Settings, for ${file} unless typed:`,
    ...settings.flatMap(({ lines, use }) => [...indent(lines), `      ${use}`]),
    ...notes.map((note) => `  ${note}`),
    '',
    ...(entry.length === 0 ? [] : ['To enter a value with nothing recorded:', ...indent(entry), '']),
    ...(snippet === undefined
      ? []
      : [`To be warned before a command with a secret is recorded, add this to ${file}:`, '', ...snippet.split('\n')]),
  ];
}

function describeWay({ title, lines, notes }: EntryWay): readonly string[] {
  return [`${title}:`, ...indent(lines), ...notes.map((note) => `  ${note}`), ''];
}

function ownShell(environment: Terminal['environment']): string {
  return environment.SHELL?.split('/').at(-1) || (environment.PSModulePath === undefined ? 'bash' : 'powershell');
}

/** The shells that are named; without a name the user's own, or all when we know nothing of it. @throws UsageError for a name that is none of ours */
function pickAdvice(names: readonly string[], environment: Terminal['environment']): readonly ShellAdvice[] {
  if (names.includes('all')) return SHELL_ADVICE;
  const known = ['all', ...SHELL_ADVICE.map(({ name }) => name)];
  if (names.length === 0) {
    const own = findAdvice(ownShell(environment));
    return own ? [own] : SHELL_ADVICE;
  }
  return names.map((name) => {
    const advice = findAdvice(name);
    if (advice) return advice;
    throw new UsageError(`--advise knows ${known.join(', ')}.${didYouMean(name, known)}`.replace(/\.$/, ''));
  });
}

export async function runShellAdvise(args: ShellArguments, terminal: Terminal): Promise<ExitCode> {
  const advice = pickAdvice(args.operands, terminal.environment);
  if (args.operands.length === 0 && !findAdvice(ownShell(terminal.environment))) {
    const own = makeVisible(ownShell(terminal.environment));
    terminal.writeError(
      `unleak: of ${own}, which SHELL names, nothing is known here; this is the advice for all others\n`,
    );
  }
  const others = SHELL_ADVICE.filter((one) => !advice.includes(one)).map(({ name }) => name);
  const text = [
    ...advice.flatMap(describeShell),
    '== AWS ==',
    '',
    ...[AWS_KEYS, ...AWS_ENTRY].flatMap(describeWay),
    ...(others.length === 0 ? [] : [`For others: unleak shell --advise ${others.join('|')}|all`]),
  ];
  await terminal.writeOut(`${text.join('\n').trimEnd()}\n`);
  return EXIT.clean;
}
