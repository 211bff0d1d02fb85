// Colours and links for terminals. Put on text that was made visible first, so that all escapes in a report are ours.
// They take no room when lines are broken (visible-text.ts).
import type { Severity } from '../model/levels.ts';
import type { ReporterOptions } from './reporter.ts';

export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly bySeverity: (severity: Severity, text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly doubtful: (text: string) => string;
  /** @param text visible text @param url only http and https become links */
  readonly link: (text: string, url: string) => string;
}

const ESC = '\u001b';
const SEVERITY_CODES: Readonly<Record<Severity, string>> = { critical: '1;31', high: '31', medium: '33', low: '36' };

/** @returns functions that add escapes, or change nothing where colour or links are not wanted */
export function createStyle(options: Pick<ReporterOptions, 'color' | 'links'>): Style {
  const paint = (code: string, text: string): string => (options.color ? `${ESC}[${code}m${text}${ESC}[0m` : text);
  return {
    bold: (text) => paint('1', text),
    dim: (text) => paint('2', text),
    bySeverity: (severity, text) => paint(SEVERITY_CODES[severity], text),
    good: (text) => paint('32', text),
    bad: (text) => paint('1;31', text),
    doubtful: (text) => paint('33', text),
    link: (text, url) => {
      const isPlain = /^https?:\/\/[\x21-\x7e]+$/.test(url);
      return options.links && isPlain ? `${ESC}]8;;${url}${ESC}\\${text}${ESC}]8;;${ESC}\\` : text;
    },
  };
}
