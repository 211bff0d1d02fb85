// The words that people write for environments: data, for whoever reads names of entries, paths and hosts.

/** Environment → the words that mean it, the short and usual one first. */
export const ENVIRONMENT_WORDS: Readonly<Record<string, string>> = {
  production: 'prod production prd prodn live pro',
  staging: 'staging stage stg stag',
  preproduction: 'preprod preproduction ppd preprd',
  acceptance: 'uat acceptance acpt accp hml homolog',
  quality: 'qa quality',
  test: 'test tst testing tests',
  development: 'dev development develop devel dv',
  integration: 'int integration integ',
  sandbox: 'sandbox sbx sbox',
  local: 'local localhost',
  demo: 'demo',
  performance: 'perf loadtest stress',
  nonproduction: 'nonprod nonproduction nonprd np beta alpha gamma canary',
  system: 'sit sys',
  training: 'training trn',
  preview: 'preview',
  recovery: 'dr',
};
