// The files in which the runner takes outputs and the summary of a step. Both are appended to, as the runner asks.
import { appendFileSync, statSync } from 'node:fs';
import { UsageError } from '../model/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

function append(file: string, text: string, what: string): void {
  try {
    appendFileSync(file, text);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new UsageError(`${what} cannot be written (${code ?? 'unknown error'}); see the runner`, { cause });
  }
}

/** A value of several lines is possible in this form, and no value can end it early. */
function formatOutput(name: string, value: string): string {
  let end = 'unleak';
  while (value.includes(end)) end += '-';
  return `${name}<<${end}\n${value}\n${end}\n`;
}

/** Outside of a runner there is nobody to hand the outputs to. @throws UsageError */
export function writeOutputs(environment: Environment, outputs: Readonly<Record<string, string | number>>): void {
  const file = environment.GITHUB_OUTPUT;
  if (!file) return;
  const text = Object.entries(outputs).map(([name, value]) => formatOutput(name, String(value)));
  append(file, text.join(''), 'GITHUB_OUTPUT');
}

/** Bytes that the summary of this step has already. */
export function summarySize(environment: Environment): number {
  const file = environment.GITHUB_STEP_SUMMARY;
  return (file && statSync(file, { throwIfNoEntry: false })?.size) || 0;
}

/** @throws UsageError */
export function writeSummary(environment: Environment, text: string): void {
  const file = environment.GITHUB_STEP_SUMMARY;
  if (file) append(file, text, 'GITHUB_STEP_SUMMARY');
}
