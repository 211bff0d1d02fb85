// With what exit code a report ends a command.
import { decideExitCode, type ExitCode } from '../model/exit-code.ts';
import { failingFindings, type Report } from '../model/report.ts';

export function exitCodeOf(report: Report, allowIncomplete: boolean): ExitCode {
  return decideExitCode(failingFindings(report).length > 0, !report.coverage.isComplete, allowIncomplete);
}
