// Reads the command lines that a hook uses, without yargs, which takes longer to load than a small commit takes to
// scan. Whatever is out of the ordinary (short options, help, mistakes) is left to parse-full.ts, which says it better.
import { parseArgs } from 'node:util';
import type { CommandLine, GivenFlag } from './fill-arguments.ts';
import { flagsOf } from './flags.ts';

/** The words after `staged` or `hook run pre-commit`, or undefined for any other command. */
function wordsOfHook(words: readonly string[]): readonly string[] | undefined {
  if (words[0] === 'staged') return words.slice(1);
  return words[0] === 'hook' && words[1] === 'run' && words[2] === 'pre-commit' ? words.slice(3) : undefined;
}

function parseFlags(words: readonly string[]): readonly GivenFlag[] | undefined {
  // Loading parseArgs costs a millisecond; most hooks give no flags.
  if (words.length === 0) return [];
  if (words.some((word) => /^-(?:[^-]|$)|^--(?:$|help(?:=|$)|version(?:=|$))/.test(word))) return undefined;
  const options = flagsOf('staged').map(({ name, type }) => {
    return [name, { type: type === 'switch' ? 'boolean' : 'string', multiple: true }] as const;
  });
  try {
    const { tokens } = parseArgs({
      args: [...words],
      options: Object.fromEntries(options),
      allowNegative: true,
      tokens: true,
    });
    return tokens.flatMap((token) => {
      if (token.kind !== 'option') return [];
      const isNegative = token.rawName.startsWith('--no-') && token.value === undefined;
      return [{ name: isNegative ? token.name.replace(/^no-/, '') : token.name, value: token.value ?? !isNegative }];
    });
  } catch {
    // Not swallowed: the full parser reads the same words and complains about them.
    return undefined;
  }
}

/** @param words without node and script. @returns undefined when the full parser must read them */
export function parseLight(words: readonly string[]): CommandLine | undefined {
  const rest = wordsOfHook(words);
  const flags = rest && parseFlags(rest);
  return flags && { command: 'staged', operands: [], flags };
}
