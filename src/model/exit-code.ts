// The only place where exit codes are decided (design section 2).

export const EXIT = {
  clean: 0,
  findings: 1,
  usage: 2,
  incomplete: 3,
  bug: 70,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Findings win over incompleteness; --allow-incomplete turns 3 into 0. */
export function decideExitCode(found: boolean, incomplete: boolean, allowIncomplete: boolean): ExitCode {
  if (found) return EXIT.findings;
  return incomplete && !allowIncomplete ? EXIT.incomplete : EXIT.clean;
}
