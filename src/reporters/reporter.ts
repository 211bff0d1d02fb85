// What a report format is: a pure function from a report to text. A format never filters, never writes, and knows no
// clock, no terminal and no environment; the caller decides about colour, width and links.
import type { JudgedFinding, Report } from '../model/report.ts';

/** Where the scanned files are kept, for SARIF. Credentials in the URI are removed by the reporter. */
export interface VersionControl {
  readonly repositoryUri: string;
  readonly revisionId: string | undefined;
  readonly branch: string | undefined;
}

/** When a scan was made and of what, for formats that must say so; the report itself holds neither clock nor commit. */
export interface RunFacts {
  /** Commit that was checked out; undefined when it is not known. */
  readonly commit: string | undefined;
  /** Milliseconds since 1970. */
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
}

export interface ReporterOptions {
  /** ANSI colours are wanted (the caller has looked at NO_COLOR and at the terminal). */
  readonly color: boolean;
  /** Columns to fill; text formats clamp it to 60–120. */
  readonly width: number;
  /** OSC-8 hyperlinks are wanted. */
  readonly links: boolean;
  /** SARIF: list suppressed findings too, marked as such. GitHub ignores the mark, so the default is no. */
  readonly includeSuppressed?: boolean;
  /** SARIF: names the revision that was scanned. */
  readonly versionControl?: VersionControl;
  /** Given to formats with `wantsRun`. */
  readonly run?: RunFacts;
}

/** A format that can be written while the scan runs. Each piece ends with a line break. */
export interface ReportStream {
  /** Text for one finding, in the order of discovery. */
  readonly finding: (judged: JudgedFinding) => string;
  /** The last piece; `report` is complete, its findings were already given one by one. */
  readonly end: (report: Report) => string;
}

export interface Reporter {
  /** The word after `--format`. */
  readonly name: string;
  /** Endings of `--output` files that mean this format, with the dot. */
  readonly fileEndings: readonly string[];
  /** One line for help and docs. */
  readonly summary: string;
  /** True when the format prints values in clear under --reveal. All others mask them even then. */
  readonly canReveal: boolean;
  /** True when the format states time and commit of the run. */
  readonly wantsRun?: boolean;
  readonly format: (report: Report, options: ReporterOptions) => string;
  /** Present when the format can be streamed. @param reveal as `Report.reveal`, which is not known yet */
  readonly stream?: (options: ReporterOptions, reveal: boolean) => ReportStream;
}
