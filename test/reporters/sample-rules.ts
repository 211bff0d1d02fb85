// What is known of the rules in the sample report: all fields, some fields, hardly any. Three more rules occur in findings
// and are left out here, so that every format meets a rule it knows nothing of.
import type { RuleInfo } from '../../src/model/rule.ts';

export const RULES: readonly RuleInfo[] = [
  {
    id: 'github.personal-access-token',
    name: 'GitHub personal access token (classic)',
    description: 'Acts as the user on every repository and organisation that its scopes allow.',
    severity: 'critical',
    provider: 'github',
    rotate: {
      where: 'GitHub > Settings > Developer settings > Personal access tokens',
      url: 'https://github.com/settings/tokens',
      notes: 'Check the security log for use of the token before you delete it.',
    },
    temporary: 'In Actions use GITHUB_TOKEN; elsewhere a GitHub App installation token, which lives one hour.',
    vault: { kind: 'api-token', jsonKeys: ['token'] },
    references: ['https://docs.github.com/en/authentication'],
  },
  {
    id: 'aws.access-key',
    name: 'AWS access key',
    description: 'Calls AWS as the user it belongs to.',
    severity: 'critical',
    provider: 'aws',
    rotate: {
      where: 'IAM > Users > Security credentials',
      url: 'https://console.aws.amazon.com/iam',
      notes: undefined,
    },
    temporary: 'An IAM role, or IAM Identity Center with short sessions.',
    vault: undefined,
    references: [],
  },
  {
    id: 'generic.password',
    name: 'Password',
    description: 'Opens whatever it belongs to.',
    severity: 'high',
    provider: 'generic',
    rotate: { where: 'where the account is managed', url: undefined, notes: undefined },
    temporary: undefined,
    vault: undefined,
    references: [],
  },
];
