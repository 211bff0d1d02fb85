// Reads any command line with yargs. Yargs only cuts it into words here: which options a command has and what their
// values may be is decided by fill-arguments.ts, so that this parser and the light one can never disagree about it.
import yargs from 'yargs';
import { UsageError } from '../model/errors.ts';
import { didYouMean } from '../util/did-you-mean.ts';
import { COMMANDS, findCommand, LATER_COMMANDS } from './command-table.ts';
import { type CommandLine, type GivenFlag, repeatable } from './fill-arguments.ts';
import type { CommandName, Flag } from './flag.ts';
import { FLAGS } from './flags.ts';

/** A command line, or a wish for a text about unleak. */
export type Request =
  | { readonly kind: 'run'; readonly line: CommandLine }
  | { readonly kind: 'help'; readonly command: CommandName | undefined }
  | { readonly kind: 'version' }
  | { readonly kind: 'completion'; readonly operands: readonly string[] }
  | { readonly kind: 'nothing' };

const PARSER = {
  'boolean-negation': true,
  'camel-case-expansion': false,
  'dot-notation': false,
  'duplicate-arguments-array': true,
  'greedy-arrays': false,
  'parse-numbers': false,
  'parse-positional-numbers': false,
  'short-option-groups': true,
  'strip-aliased': true,
};

const named = (type: Flag['type']): string[] => [
  ...new Set(FLAGS.filter((flag) => flag.type === type).map((flag) => flag.name)),
];

/** Yargs takes `-` after an option for the next operand; people who write `--output -` mean a value. */
function joinDashValues(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    const takesValue = last !== undefined && FLAGS.some((f) => f.type === 'value' && last === `--${f.name}`);
    if (word === '-' && takesValue && !joined.includes('--')) joined[joined.length - 1] = `${last}=-`;
    else joined.push(word);
  }
  return joined;
}

/** `--quiet=no` and the like: yargs would read a meaning into the value. */
function refuseSwitchValues(words: readonly string[]): void {
  const end = words.indexOf('--');
  for (const word of words.slice(0, end < 0 ? words.length : end)) {
    const name = /^--(?:no-)?([a-z-]+)=/.exec(word)?.[1];
    if (name && FLAGS.some((flag) => flag.type === 'switch' && flag.name === name)) {
      throw new UsageError(`--${name} takes no value; write --${name} or --no-${name}`);
    }
  }
}

function readWords(words: readonly string[]): Record<string, unknown> & { readonly _: readonly string[] } {
  const aliases = Object.fromEntries(FLAGS.flatMap((f) => (f.short ? [[f.name, f.short]] : [])));
  const argv = yargs()
    .exitProcess(false)
    .detectLocale(false)
    .help(false)
    .version(false)
    .parserConfiguration(PARSER)
    .boolean([...named('switch'), 'help', 'version'])
    .string(named('value'))
    .alias({ ...aliases, help: 'h', version: 'V' })
    .parseSync(joinDashValues(words));
  return { ...argv, _: argv._.map(String) };
}

function listFlags(argv: Readonly<Record<string, unknown>>): readonly GivenFlag[] {
  const flags: GivenFlag[] = [];
  for (const [name, found] of Object.entries(argv)) {
    if (name === '_' || name === '$0') continue;
    for (const value of Array.isArray(found) ? found : [found]) {
      if (value !== undefined) flags.push({ name, value: typeof value === 'boolean' ? value : String(value) });
    }
  }
  return flags;
}

function failUnknownCommand(word: string): never {
  if (LATER_COMMANDS.some((later) => later === word)) {
    throw new UsageError(`"unleak ${word}" is not part of this version; see: unleak --help`);
  }
  const names = [...COMMANDS.map((command) => command.name), 'completion'];
  const hint = didYouMean(word, names) || ' To scan files: unleak scan PATH. All commands: unleak --help';
  throw new UsageError(`${repeatable(word) ? `unknown command "${word}"` : 'unknown command'}.${hint}`);
}

/**
 * Reads the words after node and script.
 *
 * @throws UsageError for a command that does not exist; flags and operands are checked later
 */
export function parseFull(words: readonly string[]): Request {
  refuseSwitchValues(words);
  const argv = readWords(words);
  const [word, ...operands] = argv._;
  const command = findCommand(word)?.name;
  if (argv.help === true || word === 'help') {
    return { kind: 'help', command: command ?? findCommand(operands[0])?.name };
  }
  if (argv.version === true) return { kind: 'version' };
  if (word === 'completion') return { kind: 'completion', operands };
  if (command) return { kind: 'run', line: { command, operands, flags: listFlags(argv) } };
  if (word !== undefined) failUnknownCommand(word);
  if (words.length === 0) return { kind: 'nothing' };
  throw new UsageError('no command given; to scan the current folder: unleak scan. All commands: unleak --help');
}
