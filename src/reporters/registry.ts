// The list of report formats. To add one: one file with a Reporter, one line here, one golden. Every format is wrapped
// here so that found values cannot leave through a path or a message.
import { csvReporter } from './csv.ts';
import { gitlabReporter } from './gitlab.ts';
import { gitlabCodeQualityReporter } from './gitlab-code-quality.ts';
import { gitleaksJsonReporter } from './gitleaks-json.ts';
import { jsonReporter } from './json.ts';
import { jsonlReporter } from './jsonl.ts';
import { junitReporter } from './junit.ts';
import { markdownReporter } from './markdown.ts';
import { rdjsonlReporter } from './rdjsonl.ts';
import { createFindingRedactor, redactReport } from './redact.ts';
import type { Reporter } from './reporter.ts';
import { sarifReporter } from './sarif.ts';
import { textReporter } from './text.ts';

function withRedaction(reporter: Reporter): Reporter {
  const { stream } = reporter;
  const prepare: typeof redactReport = (report) =>
    reporter.canReveal && report.reveal ? report : redactReport({ ...report, reveal: false });
  const wrapped: Reporter = { ...reporter, format: (report, options) => reporter.format(prepare(report), options) };
  if (!stream) return wrapped;
  return {
    ...wrapped,
    stream: (options, reveal) => {
      const isClear = reporter.canReveal && reveal;
      const inner = stream(options, isClear);
      const redact = createFindingRedactor();
      return {
        finding: (judged) => inner.finding(isClear ? judged : redact(judged)),
        end: (report) => inner.end(isClear ? report : redactReport({ ...report, reveal: false })),
      };
    },
  };
}

/** All formats, in the order of the help text. */
export const REPORTERS: readonly Reporter[] = [
  withRedaction(textReporter),
  withRedaction(jsonReporter),
  withRedaction(jsonlReporter),
  withRedaction(sarifReporter),
  withRedaction(markdownReporter),
  withRedaction(csvReporter),
  withRedaction(junitReporter),
  withRedaction(gitlabReporter),
  withRedaction(gitlabCodeQualityReporter),
  withRedaction(rdjsonlReporter),
  withRedaction(gitleaksJsonReporter),
];

/** @returns the format of that name, or undefined */
export function findReporter(name: string): Reporter | undefined {
  return REPORTERS.find((reporter) => reporter.name === name);
}

/** @returns the format that the ending of an output file stands for, or undefined; the longest ending wins */
export function findReporterForFile(path: string): Reporter | undefined {
  const lower = path.toLowerCase();
  let best: { reporter: Reporter; length: number } | undefined;
  for (const reporter of REPORTERS) {
    for (const ending of reporter.fileEndings) {
      if (lower.endsWith(ending) && ending.length > (best?.length ?? 0)) best = { reporter, length: ending.length };
    }
  }
  return best?.reporter;
}
