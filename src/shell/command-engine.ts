// Finds secrets in command lines by what the tool takes them for: the rules of rules/commands/ on the words of a shell.
// Knows no files and no console; a finding says which bytes of the entry hold the value and which words to type otherwise.
import type { Span } from '../model/span.ts';
import { type CommandForm, compileForm, type FlagForm } from './command-form.ts';
import { CARRIERS, KEYWORDS, PREFIXES, SCRIPT_FLAGS, SETTERS, SSH_WITH_VALUE } from './command-prefixes.ts';
import type { CommandMatcher } from './command-rule.ts';
import {
  behindPrefix,
  behindWords,
  hasFlag,
  isBundle,
  positionals,
  printedWord,
  spansOf,
  tailOf,
  toolName,
} from './command-words.ts';
import type { Dialect } from './history-format.ts';
import { isLiteralSecret, isSettingValue, looksLikePassword } from './literal-value.ts';
import { isSecretName } from './secret-name.ts';
import { splitLine } from './split-words.ts';
import { isFilled, type Script, type SimpleCommand, type Word } from './word.ts';

/** A secret in a command. Offsets are in the entry's text. */
export interface CommandFinding {
  readonly rule: CommandMatcher;
  /** The value as the program gets it, one character a byte. */
  readonly value: string;
  /** Bytes that hold the value; several when quotes or escapes lie between. */
  readonly spans: readonly Span[];
  /** The words that the safe form replaces: the flag and its value, the assignment. */
  readonly argument: Span;
  /** The simple command. */
  readonly command: Span;
  /** Such as `user` and `name`, for the safe form. */
  readonly captures: Readonly<Record<string, string>>;
  /** Such as `-p`, `stdin`, `MYSQL_PWD`. */
  readonly where: string;
  readonly tool: string;
}

interface Compiled {
  readonly rule: CommandMatcher;
  readonly forms: readonly CommandForm[];
}

export interface CommandEngine {
  /**
   * Looks at one logical line of an entry.
   *
   * @param program whose history it is
   * @returns findings, and where the line ended
   */
  readonly findInLine: (
    text: string,
    start: number,
    end: number,
    dialect: Dialect,
    program: string,
  ) => { readonly findings: readonly CommandFinding[]; readonly end: number };
}

const MOST_DEPTH = 4;
const ASSIGNMENT = /^([A-Za-z_][\w]*)\+?=/;

export function createCommandEngine(rules: readonly CommandMatcher[]): CommandEngine {
  const byTool = new Map<string, Compiled[]>();
  const byVariable = new Map<string, Compiled>();
  let exported: Compiled | undefined;
  let exportedInPowerShell: Compiled | undefined;
  for (const rule of rules) {
    const compiled = { rule, forms: rule.forms.map(compileForm) };
    for (const form of compiled.forms) if (form.kind === 'variable') byVariable.set(form.name, compiled);
    if (rule.id === 'command.secret-variable') exported = compiled;
    if (rule.id === 'command.secret-variable-powershell') exportedInPowerShell = compiled;
    for (const tool of rule.tools) byTool.set(tool, [...(byTool.get(tool) ?? []), compiled]);
  }
  const everywhere = byTool.get('*') ?? [];
  /** Of the rules of all tools, which flags are worth asking them. */
  const flagsEverywhere = new Set(
    everywhere.flatMap(({ forms }) =>
      forms.flatMap((form) => (form.kind === 'flag' && !form.isAttached ? [form.flag] : [])),
    ),
  );
  const startsEverywhere = everywhere.flatMap(({ forms }) =>
    forms.flatMap((form) => (form.kind === 'flag' && form.isAttached ? [form.flag] : [])),
  );
  const mayAskEverywhere = ({ text }: Word): boolean => {
    const first = text[0];
    if (first !== '-' && first !== '/') return text.startsWith('jdbc:');
    const equals = text.indexOf('=');
    const flag = equals < 0 ? text : text.slice(0, equals);
    if (flagsEverywhere.has(flag) || flagsEverywhere.has(flag.toLowerCase())) return true;
    return startsEverywhere.some((start) => text.startsWith(start));
  };

  /** What one line is looked at with. */
  class LineSearch {
    readonly findings: CommandFinding[] = [];
    readonly #dialect: Dialect;
    readonly #program: string;

    constructor(dialect: Dialect, program: string) {
      this.#dialect = dialect;
      this.#program = program;
    }

    script(script: Script, start: number, end: number, depth: number): number {
      const line = splitLine(script, start, end, this.#dialect);
      const { commands } = line;
      for (const [k, command] of commands.entries()) {
        const before = k > 0 && commands[k - 1]!.isPiped ? printedWord(commands[k - 1]!) : undefined;
        this.#simple(command, command.stdin ?? before?.word, before?.command, depth);
      }
      if (depth < MOST_DEPTH) {
        for (const nested of line.nested) {
          for (let at = nested.start; at < nested.end; ) {
            const next = this.script(script, at, nested.end, depth + 1);
            at = next > at ? next : nested.end;
          }
        }
      }
      return line.end;
    }

    #nestedScript(word: Word, depth: number): void {
      if (depth >= MOST_DEPTH) return;
      const { text, starts, ends } = word;
      for (let at = 0; at < text.length; ) {
        const next = this.script({ text, starts, ends }, at, text.length, depth + 1);
        at = next > at ? next : text.length;
      }
    }

    #simple(command: SimpleCommand, stdin: Word | undefined, printer: SimpleCommand | undefined, depth: number): void {
      const { words } = command;
      if (words.length === 0) return;
      const first = words[0]!;
      const whole = { start: (printer?.words[0] ?? first).start, end: words.at(-1)!.end };
      this.#urls(words, whole);
      if (this.#dialect === 'powershell' && this.#powerShellVariable(words, whole)) return;
      this.#run(words, 0, stdin, whole, depth);
      // Last, for the rules of a tool say more.
      if (words.some(mayAskEverywhere)) this.#ask(words, 0, toolName(first.text), stdin, whole, everywhere);
    }

    /** Finds the tool behind assignments and programs in front, and asks its rules. */
    #run(words: readonly Word[], from: number, stdin: Word | undefined, whole: Span, depth: number): void {
      let i = from;
      for (let turns = 0; i < words.length && turns < 12; turns++) {
        const assigned = ASSIGNMENT.exec(words[i]!.text);
        if (assigned && this.#dialect !== 'powershell') {
          this.#assignment(words[i]!, assigned[1]!, assigned[0].length, words[i]!, whole);
          i++;
          continue;
        }
        if (KEYWORDS.has(words[i]!.text)) {
          i++;
          continue;
        }
        const tool = toolName(words[i]!.text);
        if (this.#scriptOf(words, i, tool, depth)) {
          this.#ask(words, i, tool, stdin, whole);
          return;
        }
        const prefix = PREFIXES.get(tool);
        if (!prefix || words.length === i + 1) break;
        const next = behindPrefix(words, i, prefix);
        this.#ask(words.slice(0, next), i, tool, stdin, whole);
        if (SCRIPT_FLAGS.get(tool)?.length === 0 && words.length === i + 2) this.#nestedScript(words[i + 1]!, depth);
        i = next;
      }
      if (i >= words.length) return;
      const tool = toolName(words[i]!.text);
      if (SETTERS.has(tool)) this.#setter(words, i, tool, whole);
      this.#ask(words, i, tool, stdin, whole);
      if (!CARRIERS.has(tool)) return;
      for (let j = i + 1; j < words.length; j++) {
        const inner = toolName(words[j]!.text);
        const isTool = byTool.has(inner) || SCRIPT_FLAGS.has(inner) || inner === 'sudo' || inner === 'env';
        if (isTool && inner !== tool) return this.#run(words, j, stdin, whole, depth + 1);
      }
    }

    /** `bash -c '…'`, `ssh host '…'`, `eval '…'`: the word is a script. */
    #scriptOf(words: readonly Word[], at: number, tool: string, depth: number): boolean {
      const flags = SCRIPT_FLAGS.get(tool);
      if (!flags) return false;
      if (tool === 'ssh') {
        let i = at + 1;
        while (i < words.length && words[i]!.text.startsWith('-')) i += SSH_WITH_VALUE.has(words[i]!.text) ? 2 : 1;
        const rest = words.slice(i + 1);
        if (rest.length === 1) this.#nestedScript(rest[0]!, depth);
        else if (rest.length > 1 && depth < MOST_DEPTH) {
          this.#run(rest, 0, undefined, { start: rest[0]!.start, end: rest.at(-1)!.end }, depth + 1);
        }
        return true;
      }
      if (tool === 'eval') {
        for (const word of words.slice(at + 1)) this.#nestedScript(word, depth);
        return true;
      }
      for (let i = at + 1; i < words.length; i++) {
        const { text } = words[i]!;
        const inline = flags.find((flag) => flag.startsWith('--') && text.startsWith(`${flag}=`));
        if (inline !== undefined) this.#nestedScript(tailOf(words[i]!, inline.length + 1), depth);
        else if (flags.includes(text) && words[i + 1]) {
          const rest = words.slice(i + 1);
          if (rest.length === 1 || rest[0]!.isQuoted) this.#nestedScript(rest[0]!, depth);
          else if (depth < MOST_DEPTH)
            this.#run(rest, 0, undefined, { start: rest[0]!.start, end: rest.at(-1)!.end }, depth + 1);
        } else continue;
        return tool !== 'gcloud' && tool !== 'vagrant';
      }
      return false;
    }

    #report(
      { rule }: Compiled,
      word: Word,
      from: number,
      to: number,
      details: Pick<CommandFinding, 'argument' | 'command' | 'captures' | 'where' | 'tool'>,
    ): boolean {
      const value = word.text.slice(from, to);
      if (isFilled(word, from, to) || !isLiteralSecret(value, rule.references)) return false;
      if (rule.isStrong && !looksLikePassword(value)) return false;
      const spans = spansOf(word, from, to);
      const isKnown = this.findings.some((one) =>
        one.spans.some((s) => s.start < spans.at(-1)!.end && spans[0]!.start < s.end),
      );
      if (isKnown) return false;
      this.findings.push({ rule, value, spans, ...details });
      return true;
    }

    #isRuleFor({ rule }: Compiled): boolean {
      const isClient = this.#dialect === 'text';
      return rule.in.length === 0 ? !isClient : rule.in.includes(this.#program);
    }

    /** The rules of a tool. */
    #ask(
      words: readonly Word[],
      at: number,
      tool: string,
      stdin: Word | undefined,
      whole: Span,
      rulesOfTool = byTool.get(tool) ?? [],
    ): void {
      for (const compiled of rulesOfTool) {
        if (!this.#isRuleFor(compiled)) continue;
        const behind = behindWords(words, at, compiled.rule.after);
        if (behind === undefined) continue;
        const { with: flags, without } = compiled.rule;
        if (without.length > 0 && words.some((word, i) => i > at && without.includes(word.text))) continue;
        if (flags.length > 0 && !words.some((word, i) => i > at && flags.some((flag) => hasFlag(word.text, flag))))
          continue;
        for (const form of compiled.forms) this.#form(compiled, form, words, at, behind, tool, stdin, whole);
      }
    }

    #form(
      compiled: Compiled,
      form: CommandForm,
      words: readonly Word[],
      at: number,
      behind: number,
      tool: string,
      stdin: Word | undefined,
      whole: Span,
    ): void {
      const details = (argument: Span, match: RegExpExecArray, where: string) => ({
        argument,
        command: whole,
        captures: match.groups ?? {},
        where,
        tool,
      });
      const tryWord = (word: Word, offset: number, argument: Span, where: string): boolean => {
        const match = (form as FlagForm).template.exec(offset === 0 ? word.text : word.text.slice(offset));
        const place = match?.indices?.groups?.v;
        if (!match || !place) return false;
        const { name } = match.groups ?? {};
        if (name !== undefined) {
          if (!isSecretName(name.slice(name.search(/[^.:/]*$/)) || name) || isSettingValue(match.groups!.v!))
            return false;
        }
        return this.#report(compiled, word, offset + place[0], offset + place[1], details(argument, match, where));
      };
      if (form.kind === 'stdin') {
        if (stdin) tryWord(stdin, 0, stdin, 'stdin');
        return;
      }
      if (form.kind === 'variable') return;
      if (form.kind === 'position') {
        const places =
          form.index === 0 ? [words[at]!] : form.hasOptions ? words.slice(behind) : positionals(words, behind);
        for (const [i, word] of places.entries()) {
          if (form.index === undefined || form.index === 0 || i + 1 === form.index) tryWord(word, 0, word, 'argument');
        }
        return;
      }
      const { flag, isLoose } = form;
      for (let i = at + 1; i < words.length; i++) {
        const word = words[i]!;
        const text = isLoose ? word.text.toLowerCase() : word.text;
        const next = words[i + 1];
        if (form.isNext && next && (text === flag || (form.isBundled && isBundle(text, flag)))) {
          const isOption = /^--?[A-Za-z][\w-]*$/.test(next.text) && !next.isQuoted;
          if (!isOption) tryWord(next, 0, { start: word.start, end: next.end }, form.flag);
        } else if (form.isEquals && text.startsWith(`${flag}=`)) {
          tryWord(word, flag.length + 1, word, form.flag);
        } else if (form.isAttached && text.startsWith(flag) && text.length > flag.length) {
          tryWord(word, flag.length, word, form.flag);
        }
      }
    }

    #assignment(word: Word, name: string, skip: number, argument: Span, whole: Span): void {
      const own = byVariable.get(name);
      const compiled =
        own ?? (isSecretName(name) ? (this.#dialect === 'powershell' ? exportedInPowerShell : exported) : undefined);
      if (!compiled || word.text.length <= skip || this.#dialect === 'text') return;
      // `Token=…` is a line of a settings file that was pasted.
      if (!own && this.#dialect !== 'powershell' && /^[A-Z]+[a-z]/.test(name)) return;
      const value = word.text.slice(skip);
      if (!own && (isSettingValue(value) || /^[\w+.-]+:\/\//.test(value))) return;
      const details = { argument, command: whole, captures: { name }, where: name, tool: name };
      this.#report(compiled, word, skip, word.text.length, details);
    }

    /** `export K=V`, `set -x K V`, `setenv K V`, `set K=V`, `setx K V`. */
    #setter(words: readonly Word[], at: number, tool: string, whole: Span): void {
      const rest = words.slice(at + 1).filter((word) => !/^[-/][A-Za-z-]+$/.test(word.text));
      const [name, value, equals] = [rest[0], rest[1], rest.find((word) => ASSIGNMENT.test(word.text))];
      if (equals) {
        for (const word of rest) {
          const assigned = ASSIGNMENT.exec(word.text);
          if (assigned) this.#assignment(word, assigned[1]!, assigned[0].length, word, whole);
        }
      } else if (name && value && /^[A-Za-z_]\w*$/.test(name.text) && tool !== 'export') {
        // Several values are a list; `SET name 'value'` is SQL.
        if (tool === 'set' && ((rest.length > 2 && value.text !== '=') || words[at]!.text === 'SET')) return;
        // csh writes `set k = v`.
        const typed = value.text === '=' && rest[2] ? rest[2] : value;
        this.#assignment(typed, name.text, 0, typed, whole);
      }
    }

    /** `$env:K = 'V'`, `$password = 'V'`. */
    #powerShellVariable(words: readonly Word[], whole: Span): boolean {
      const [first, second, third] = words;
      const name = /^\$(?:env:|\{env:|script:|global:)?([A-Za-z_]\w*)\}?(=)?/i.exec(first?.text ?? '');
      if (!first || !name) return false;
      if (name[2] === '=') {
        this.#assignment(first, name[1]!, name[0].length, first, whole);
        return first.text.length > name[0].length && words.length === 1;
      }
      if (second?.text === '=' && third?.isQuoted) this.#assignment(third, name[1]!, 0, third, whole);
      else if (second?.text.startsWith('=') && second.isQuoted) this.#assignment(second, name[1]!, 1, second, whole);
      if (second?.text === '=' && third && !third.isQuoted) this.#run(words, 2, undefined, whole, 1);
      return second?.text.startsWith('=') ?? false;
    }

    /** Passwords and tokens in addresses, whatever the tool. */
    #urls(words: readonly Word[], whole: Span): void {
      const address = byTool.get('<url>') ?? [];
      for (const word of words) {
        if (!word.text.includes('://') || word.text.includes('jdbc:')) continue;
        for (const compiled of address) {
          for (const form of compiled.forms) {
            if (form.kind !== 'position') continue;
            const match = form.template.exec(word.text);
            const place = match?.indices?.groups?.v;
            if (!match || !place) continue;
            const { name } = match.groups ?? {};
            if (name !== undefined && !isSecretName(name)) continue;
            this.#report(compiled, word, place[0], place[1], {
              argument: word,
              command: whole,
              captures: match.groups ?? {},
              where: 'address',
              tool: toolName(words[0]!.text),
            });
          }
        }
      }
    }
  }

  return {
    findInLine: (text, start, end, dialect, program) => {
      const search = new LineSearch(dialect, program);
      const stop = search.script({ text }, start, end, 0);
      return { findings: search.findings, end: stop };
    },
  };
}
