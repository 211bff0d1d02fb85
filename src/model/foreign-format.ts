// Names of the formats of other tools that `unleak import` reads. Here, so that the command line need not load their readers.

export const FOREIGN_FORMATS = [
  'gitleaks-config',
  'gitleaks-ignore',
  'gitleaks-report',
  'detect-secrets',
  'trufflehog',
  'talisman',
  'ripsecrets',
  'secretlint',
  'secretlint-ignore',
  'kingfisher',
  'git-secrets',
  'sarif',
] as const;
export type ForeignFormat = (typeof FOREIGN_FORMATS)[number];
