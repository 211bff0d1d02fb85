// The help texts, laid out by yargs from the tables. Pure: no terminal, no files.
import yargs from 'yargs';
import { COMMANDS, type CommandInfo } from './command-table.ts';
import type { CommandName, Flag } from './flag.ts';
import { flagsOf } from './flags.ts';

const WIDEST = 110;
const NARROWEST = 50;
const CLOSING = `Every command has --help (-h) and --version (-V).
Exit codes: 0 clean, 1 findings, 2 usage or configuration error,
  3 clean but not all could be read, 70 a bug of unleak.
`;
const OVERVIEW_EXAMPLES: readonly CommandName[] = ['scan', 'staged', 'baseline', 'explain'];

function createYargs(columns: number) {
  return yargs()
    .scriptName('unleak')
    .exitProcess(false)
    .detectLocale(false)
    .help(false)
    .version(false)
    .wrap(Math.min(WIDEST, Math.max(NARROWEST, columns)));
}

/** Long lists are broken between lines, which needs spaces. */
function joinChoices(choices: readonly string[] | undefined): string | undefined {
  return choices?.join(choices.length > 6 ? ', ' : '|');
}

function describeFlag(flag: Flag) {
  const value = flag.type === 'switch' ? '' : ` [${joinChoices(flag.choices) ?? flag.placeholder}]`;
  return { describe: `${flag.help}${value}`, ...(flag.short ? { alias: flag.short } : {}) };
}

function formatCommand({ name, operands, summary, examples }: CommandInfo, columns: number): Promise<string> {
  const help = createYargs(columns).usage(`unleak ${name} ${operands}`.trimEnd()).usage(`\n${summary}.`);
  for (const flag of flagsOf(name)) help.option(flag.name, describeFlag(flag));
  for (const [line, use] of examples) help.example(`$0 ${line}`, use);
  return help.getHelp();
}

function formatOverview(columns: number): Promise<string> {
  const help = createYargs(columns)
    .usage('unleak COMMAND [options]')
    .usage('\nFinds hardcoded credentials, and says how to get rid of them.');
  for (const { name, operands, actions, summary, examples } of COMMANDS) {
    const shown = actions.length > 1 ? operands.replace(actions.join('|'), 'ACTION') : operands;
    help.command(`${name} ${shown}`.trimEnd(), summary);
    const [line, use] = examples[0] ?? [];
    if (line !== undefined && OVERVIEW_EXAMPLES.includes(name)) help.example(`$0 ${line}`, use ?? '');
  }
  help.command('completion bash|zsh|fish', 'Print a script that completes commands and options in a shell');
  return help.getHelp();
}

/**
 * The text of `unleak --help`, or of `unleak COMMAND --help`.
 *
 * @param columns  width of the terminal; used between 50 and 110
 */
export async function formatHelp(name: CommandName | undefined, columns: number): Promise<string> {
  const command = COMMANDS.find((one) => one.name === name);
  const text = command ? await formatCommand(command, columns) : await formatOverview(columns);
  return `${text.trimEnd()}\n\n${CLOSING}`;
}
