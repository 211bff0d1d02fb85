// The same command typed safely: the argument with the value is replaced, or a line that asks for it comes first. Values
// of other findings in the command are masked, so that the text may be shown.
import type { Span } from '../model/span.ts';
import type { CommandFinding } from './command-engine.ts';
import type { Dialect } from './history-format.ts';

export interface SafeForm {
  /** What to type, line by line; empty when there is only advice. */
  readonly lines: readonly string[];
  readonly note: string | undefined;
}

const MASK = '********';
/** A line that goes on, with the blanks around it. */
export const CONTINUATION = /\s*[\\`]\r?\n\s*/g;

/** The stretch of text with every value in it masked. */
export function maskSpans(text: string, within: Span, values: readonly Span[]): string {
  let out = '';
  let at = within.start;
  let isMasked = false;
  for (const { start, end } of [...values].sort((a, b) => a.start - b.start)) {
    if (end <= at || start >= within.end) continue;
    const between = text.slice(at, Math.max(at, start));
    out += between;
    if (!isMasked || between !== '') out += MASK;
    isMasked = true;
    at = Math.min(end, within.end);
  }
  return out + text.slice(at, within.end);
}

/** The line that asks for a value without showing it or keeping it. */
function askLine(name: string, dialect: Dialect): string {
  if (dialect === 'fish') return `read -s ${name}`;
  if (dialect === 'powershell') return `$${name} = Read-Host -MaskInput`;
  return `read -rs ${name}`;
}

/** `<user>` and its like from what was typed. */
function fill(template: string, captures: Readonly<Record<string, string>>): string {
  return template.replace(/<(user|name)>/g, (_, key: string) => captures[key] ?? `<${key}>`);
}

/** What takes the place of `export NAME=V` and `NAME=V cmd`. */
function variableLines(
  finding: CommandFinding,
  text: string,
  values: readonly Span[],
  dialect: Dialect,
): readonly string[] {
  const name = finding.captures.name ?? finding.where;
  if (dialect === 'powershell') return [`$env:${name} = Read-Host -MaskInput`];
  if (dialect === 'fish') return [`read -sx ${name}`];
  const { command, argument } = finding;
  const before = maskSpans(text, { start: command.start, end: argument.start }, values);
  const after = maskSpans(text, { start: argument.end, end: command.end }, values).trim();
  if (/^\s*setenv\b/.test(before)) {
    // csh has no reading without an echo.
    return [`stty -echo; set value = "$<"; stty echo; setenv ${name} "$value"; unset value`];
  }
  const isAlone = after === '' || /^(?:\s*(?:export|declare|typeset|readonly|local|set|setenv|setx)\b.*)$/.test(before);
  const ask = `read -rs ${name} && export ${name}`;
  return isAlone ? [ask] : [ask, `${before}${after}`.trim()];
}

/**
 * @param text the entry, one character a byte
 * @param values all bytes of the entry that hold values
 */
function writeSafely(finding: CommandFinding, text: string, values: readonly Span[], dialect: Dialect): SafeForm {
  const { safe } = finding.rule;
  const { command, argument, captures } = finding;
  const note = safe.note === undefined ? undefined : fill(safe.note, captures);
  if (safe.command !== undefined) return { lines: fill(safe.command, captures).split('\n'), note };
  const isVariable =
    finding.rule.forms.includes(`${finding.where}=<v>`) || finding.rule.id.startsWith('command.secret-variable');
  if (isVariable && safe.replace === undefined) return { lines: variableLines(finding, text, values, dialect), note };
  if (safe.replace === undefined && safe.pipe === undefined) return { lines: [], note };

  let replaced = safe.replace === undefined ? undefined : fill(safe.replace, captures);
  let before = maskSpans(text, { start: command.start, end: argument.start }, values);
  const after = maskSpans(text, { start: argument.end, end: command.end }, values);
  let pipe = safe.pipe ?? '';
  if (finding.where === 'stdin') {
    // What was printed into the tool: the tool and its words are left.
    before = '';
    replaced = '';
    const tool = after.replace(/^\s*(?:\|\s*)?/, '');
    return {
      lines: [...(safe.ask ? [askLine(safe.ask, dialect)] : []), `${pipe}${tool}`.trim()].filter(Boolean),
      note,
    };
  }
  if (dialect === 'powershell' && pipe !== '') pipe = `$${safe.ask ?? 'value'} | `;
  const middle = replaced ?? maskSpans(text, argument, values);
  const gap =
    middle === '' ? `${before.trimEnd()}${after === '' ? '' : ' '}${after.trimStart()}` : before + middle + after;
  const line = `${pipe}${gap.trim()}${safe.append ?? ''}`.trim();
  return { lines: [...(safe.ask ? [askLine(safe.ask, dialect)] : []), line], note };
}

/**
 * @param text the entry, one character a byte
 * @param values all bytes of the entry that hold values
 */
export function safeForm(finding: CommandFinding, text: string, values: readonly Span[], dialect: Dialect): SafeForm {
  const { lines, note } = writeSafely(finding, text, values, dialect);
  // What was typed over several lines is shown in one.
  return { lines: lines.map((line) => line.replace(CONTINUATION, ' ')), note };
}
