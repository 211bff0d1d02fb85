// The names of the report formats, for help and completion: the registry itself loads every format.

/** In the order of the help text; test/reporters/registry.test.ts holds it equal to the registry. */
export const FORMAT_NAMES = [
  'text',
  'json',
  'jsonl',
  'sarif',
  'markdown',
  'csv',
  'junit',
  'gitlab',
  'gitlab-code-quality',
  'rdjsonl',
  'gitleaks-json',
] as const;
