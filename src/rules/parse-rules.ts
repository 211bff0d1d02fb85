// Text of a rule file → rules, or everything that is wrong with it. The file is the user's own and may be hostile: its
// size, nesting and number of faults are bounded. Schema: rules/README.md.
import { isMap, isSeq, LineCounter, parseDocument } from 'yaml';
import { ConfigError } from '../model/errors.ts';
import type { Rule } from '../model/rule.ts';
import { readRule } from './rule-schema.ts';
import { findYamlFault } from './yaml-guard.ts';

/** How to read a rule file. */
export interface ParseOptions {
  /** Names that `check:` may use. */
  readonly knownChecks: ReadonlySet<string>;
  /** One of our own files: the provider is the file's name instead of the first segment of each id. Default false. */
  readonly isBuiltIn?: boolean;
}

/** What a rule file says. `rules` is complete only when `errors` is empty. */
export interface ParsedRuleFile {
  readonly rules: readonly Rule[];
  /** In the order of the lines. */
  readonly errors: readonly ConfigError[];
}

interface Fault {
  readonly line: number;
  readonly message: string;
}

const MAX_FILE_LENGTH = 4 * 1024 * 1024;
const MAX_FAULTS = 50;

/** Collects faults up to a limit; a file of a million wrong entries must not cost a million messages. */
class FaultList {
  readonly items: Fault[] = [];
  readonly add = (line: number, message: string): void => {
    if (!this.isFull) this.items.push({ line, message });
  };
  get isFull(): boolean {
    return this.items.length >= MAX_FAULTS;
  }
}

function providerOf(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1).replace(/\.ya?ml$/, '');
}

/** Parses the YAML and reads its entries; faults go to `faults`. */
function readEntries(text: string, file: string, options: ParseOptions, faults: FaultList): Rule[] {
  const lines = new LineCounter();
  // Unique keys are checked by readFields: the parser's own check takes quadratic time.
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  });
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  // Only the first: what the parser says after it is mostly an echo of it.
  const [broken] = [...document.errors, ...document.warnings];
  if (broken) {
    const reason = broken.message.replace(/\s+/g, ' ');
    faults.add(lineAt(broken.pos[0]), `not valid YAML: ${reason}; mend the line or put the value in quotes`);
    return [];
  }
  const list = document.contents;
  if (list === null) {
    faults.add(1, 'the file has no rules; write a list of rules, or take the file out of the configuration');
    return [];
  }
  if (!isSeq(list)) {
    faults.add(lineAt(list.range[0]), 'a rule file must be a list of rules; start each rule with "- id: …"');
    return [];
  }
  const provider = options.isBuiltIn === true ? providerOf(file) : undefined;
  const context = { file, provider, knownChecks: options.knownChecks, fields: { lineAt, report: faults.add } };
  const rules: Rule[] = [];
  for (const [index, item] of list.items.entries()) {
    if (faults.isFull) break;
    if (!isMap(item)) {
      faults.add(lineAt(item.range[0]), `entry ${index + 1} must be a mapping; start it with "- id: …"`);
      continue;
    }
    const rule = readRule(item, index, context);
    if (rule) rules.push(rule);
  }
  return rules;
}

/** Adds a fault for each id that an earlier rule of the file has too. */
function checkIds(rules: readonly Rule[], faults: FaultList): void {
  const lineOfId = new Map<string, number>();
  for (const { matcher, place } of rules) {
    const line = lineOfId.get(matcher.id);
    if (line === undefined) lineOfId.set(matcher.id, place.line);
    else faults.add(place.line, `rule ${matcher.id}: the id is used in line ${line} too; rename one`);
  }
}

/**
 * Reads a rule file and collects everything that is wrong with it.
 *
 * @param content text of the file; a byte order mark is allowed
 * @param file path for messages
 * @throws never for whatever text
 */
export function readRuleFile(content: string, file: string, options: ParseOptions): ParsedRuleFile {
  // The parser counts a byte order mark as a column, which makes the first entry look indented.
  const text = content.startsWith('\ufeff') ? content.slice(1) : content;
  const faults = new FaultList();
  const yamlFault =
    text.length > MAX_FILE_LENGTH
      ? { line: 1, message: 'the file is larger than 4 MiB; split it' }
      : findYamlFault(text);
  if (yamlFault) faults.add(yamlFault.line, yamlFault.message);
  const rules = yamlFault ? [] : readEntries(text, file, options, faults);
  checkIds(rules, faults);
  const errors = faults.items
    .toSorted((a, b) => a.line - b.line)
    .map((f) => new ConfigError(f.message, { file, line: f.line }));
  if (faults.isFull) errors.push(new ConfigError(`more than ${MAX_FAULTS} errors; the rest is not shown`, { file }));
  return { rules, errors };
}

/**
 * Reads a rule file that must be right.
 *
 * @throws ConfigError placed at the first error; its message has one line an error, each with file and line
 */
export function parseRuleFile(text: string, file: string, options: ParseOptions): readonly Rule[] {
  const { rules, errors } = readRuleFile(text, file, options);
  const [first, ...rest] = errors;
  if (!first) return rules;
  if (rest.length === 0) throw first;
  const lines = errors.map((e) => e.message).join('\n');
  throw new ConfigError(lines.slice(lines.indexOf(': ') + 2), first.place);
}
