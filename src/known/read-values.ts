// Text of a --known file → values: one a line, or KEY=VALUE as in .env files, both in one file if need be. Pure.
import type { KnownValue } from './known-value.ts';

const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\s*=\s*(\S.*)$/s;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** The text behind `KEY=` without quotes; in double quotes `\n` and the like are written-out signs. */
function unquote(text: string): string {
  const trimmed = text.trim();
  const double = /^"((?:[^"\\]|\\.)*)"/s.exec(trimmed);
  if (double) return double[1]!.replace(/\\([nrt"\\])/g, (_, sign: string) => ESCAPES[sign]!);
  const single = /^'([^']*)'/.exec(trimmed);
  if (single) return single[1]!;
  return trimmed.replace(/\s+#.*$/s, '');
}

/** True when a quoted value goes on in the next line. */
function isOpen(text: string): boolean {
  return /^\s*"(?:[^"\\]|\\.)*\\?$/s.test(text) || /^\s*'[^']*$/.test(text);
}

/** Values in the order of the lines. Blank lines and lines that begin with # say nothing. */
export function readValues(text: string): readonly KnownValue[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const values: KnownValue[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = index + 1;
    const raw = lines[index]!;
    if (raw.trim() === '' || raw.trimStart().startsWith('#')) continue;
    const assignment = ASSIGNMENT.exec(raw);
    if (!assignment) {
      values.push({ name: `line ${line}`, value: raw.trim(), line });
      continue;
    }
    let body = assignment[2]!;
    // A quote that is never closed is a sign of the value.
    const end = isOpen(body) ? lines.findIndex((later, at) => at > index && later.includes(body.trimStart()[0]!)) : -1;
    if (end > 0) {
      body = [body, ...lines.slice(index + 1, end + 1)].join('\n');
      index = end;
    }
    values.push({ name: assignment[1]!, value: unquote(body), line });
  }
  return values;
}
