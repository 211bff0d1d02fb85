// A rule that a user adds in one YAML file, without code, is found by scan, proved by rules check, and counted.
import { afterAll, expect, it } from 'vitest';
import { RandomText } from '../../src/util/random-text.ts';
import { runUnleak } from '../cli/unleak-process.ts';
import { makeRepository, removeFolders } from '../support/git-repository.ts';

afterAll(removeFolders);

const RULE = `- id: acme.deploy-key
  name: Acme deploy key
  description: Deploys to every Acme environment.
  severity: critical
  prefixes: [acmedk_]
  pattern: 'acmedk_[a-z0-9]{24}'
  examples: ['ACME_KEY=«acmedk_{{base36:24}}»']
  counterExamples: ['acmedk_tooshort']
  rotate: { where: 'Acme console > Keys' }
  references: [https://docs.acme.example/keys]
`;

it('is found, proved and shown', () => {
  const value = `acmedk_${new RandomText(9).text('base36', 24)}`;
  const repository = makeRepository();
  repository.write('.unleak.yml', 'version: 1\nrules:\n  files: ["security/*.yml"]\n');
  repository.write('security/acme.yml', RULE);
  repository.write('deploy.sh', `curl -H "X-Key: ${value}" https://deploy.acme.example\n`);
  const run = (...words: string[]) => runUnleak(words, { cwd: repository.path });

  const scan = run('scan', '--format', 'json');
  const { findings } = JSON.parse(scan.stdout) as {
    findings: { rule: string; path: string; line: number; column: number }[];
  };
  expect(scan.exitCode).toBe(1);
  expect(findings.map((f) => [f.rule, f.path, f.line, f.column])).toEqual([['acme.deploy-key', 'deploy.sh', 1, 17]]);

  const check = run('rules', 'check', 'acme.deploy-key');
  expect([check.exitCode, check.stdout, check.stderr]).toEqual([0, '1 rule checked, all proved\n', '']);
  expect(run('rules', 'show', 'acme.deploy-key').stdout).toContain('Deploys to every Acme environment.');
});

it('tells file, line and reason of a broken rule before anything is scanned', () => {
  const repository = makeRepository();
  repository.write('.unleak.yml', 'version: 1\nrules:\n  files: [acme.yml]\n');
  repository.write(
    'acme.yml',
    RULE.replace('severity: critical', 'severity: awful').replace('name: Acme', 'nam: Acme'),
  );
  const { exitCode, stdout, stderr } = runUnleak(['scan'], { cwd: repository.path });
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr.split('\n').filter(Boolean).length).toBeGreaterThanOrEqual(2);
  expect(stderr).toMatch(/acme\.yml:2: .*nam/);
  expect(stderr).toMatch(/acme\.yml:4: .*severity/);
});
