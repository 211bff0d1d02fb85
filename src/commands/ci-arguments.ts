// What `unleak diff --ci` and the GitHub Action are told, and what a scan in CI gives. Types only.
import type { CiStatement } from '../model/ci-statement.ts';
import type { ExitCode } from '../model/exit-code.ts';
import type { Severity } from '../model/levels.ts';
import type { JudgedFinding, Report } from '../model/report.ts';
import type { CommonArguments } from './arguments.ts';

export interface CiArguments extends CommonArguments {
  /** `auto`: as the event says. The others choose over it. */
  readonly mode: 'auto' | 'range' | 'full' | 'tree';
  /** BASE or BASE..HEAD: over what the event says. */
  readonly range: string | undefined;
  /** False: the remote is never asked. */
  readonly fetch: boolean;
  /** mode full: all refs, not only what leads to HEAD. */
  readonly allRefs: boolean;
  /** Less severe findings are told and do not fail. */
  readonly failOn: Severity | 'none';
  /** What mends a shallow checkout, as an imperative clause. */
  readonly depthAdvice: string;
}

export interface CiOutcome {
  readonly report: Report;
  readonly statement: CiStatement;
  readonly exitCode: ExitCode;
  /** The findings that fail the run under `failOn`. */
  readonly failing: readonly JudgedFinding[];
}
