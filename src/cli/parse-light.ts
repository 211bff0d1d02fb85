// Reads the plain command lines, without yargs, which takes longer to load than a small commit takes to scan. Whatever
// is out of the ordinary (short options, help, other commands, mistakes) is left to parse-full.ts, which says it better.
import { parseArgs } from 'node:util';
import { wordsOfCommitHook } from './commit-line.ts';
import type { CommandLine, GivenFlag } from './fill-arguments.ts';
import type { CommandName } from './flag.ts';
import { flagsOf } from './flags.ts';

/** Commands of which whole lines are read here, operands included. */
const PLAIN_COMMANDS: readonly CommandName[] = ['scan', 'diff', 'history', 'stdin', 'shell'];

/** The command and the words after it, or undefined for one that the full parser reads. */
function cutCommand(words: readonly string[]): readonly [CommandName, readonly string[]] | undefined {
  const hookWords = wordsOfCommitHook(words);
  if (hookWords) return ['staged', hookWords];
  const [first, ...rest] = words;
  if (first === 'hook') return ['hook', rest];
  const command = PLAIN_COMMANDS.find((name) => name === first);
  return command && [command, rest];
}

function cutFlags(command: CommandName, words: readonly string[]): CommandLine | undefined {
  // Loading parseArgs costs a millisecond; most hooks give no flags.
  if (!words.some((word) => word.startsWith('-'))) return { command, operands: words, flags: [] };
  if (words.some((word) => /^-(?:[^-]|$)|^--(?:$|help(?:=|$)|version(?:=|$))/.test(word))) return undefined;
  const options = flagsOf(command).map(({ name, type }) => {
    return [name, { type: type === 'switch' ? 'boolean' : 'string', multiple: true }] as const;
  });
  try {
    const { tokens, positionals } = parseArgs({
      args: [...words],
      options: Object.fromEntries(options),
      allowNegative: true,
      allowPositionals: true,
      tokens: true,
    });
    const flags = tokens.flatMap((token): readonly GivenFlag[] => {
      if (token.kind !== 'option') return [];
      const isNegative = token.rawName.startsWith('--no-') && token.value === undefined;
      return [{ name: isNegative ? token.name.replace(/^no-/, '') : token.name, value: token.value ?? !isNegative }];
    });
    return { command, operands: positionals, flags };
  } catch {
    // Not swallowed: the full parser reads the same words and complains about them.
    return undefined;
  }
}

/** @param words without node and script. @returns undefined when the full parser must read them */
export function parseLight(words: readonly string[]): CommandLine | undefined {
  const [command, rest] = cutCommand(words) ?? [];
  const line = command && rest && cutFlags(command, rest);
  return line?.command === 'staged' && line.operands.length > 0 ? undefined : line;
}
