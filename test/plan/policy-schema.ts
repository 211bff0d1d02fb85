// The grammar of IAM policies, as far as ours go: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
// An unknown key, a wrong version, a statement without a resource or with a star as action does not pass.

const list = (pattern: string): object => ({ type: 'array', minItems: 1, items: { type: 'string', pattern } });

export const POLICY_SCHEMA = {
  type: 'object',
  required: ['Version', 'Statement'],
  additionalProperties: false,
  properties: {
    Version: { const: '2012-10-17' },
    Statement: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['Sid', 'Effect', 'Action', 'Resource'],
        additionalProperties: false,
        properties: {
          Sid: { type: 'string', pattern: '^[A-Za-z0-9]+$' },
          Effect: { const: 'Allow' },
          Principal: {
            type: 'object',
            additionalProperties: false,
            required: ['AWS'],
            properties: { AWS: list('^arn:aws[\\w-]*:iam::\\d{12}:root$') },
          },
          Action: list('^(?:secretsmanager|kms|ssm):[A-Z][A-Za-z]+$'),
          // A star stands only in policies on a secret or a key, where it means that one.
          Resource: list('^(?:\\*|arn:aws[\\w-]*:(?:secretsmanager|kms|ssm):[a-z0-9-]+:\\d{12}:[\\w/+=.@:?*-]+)$'),
          Condition: {
            type: 'object',
            additionalProperties: false,
            properties: Object.fromEntries(
              ['StringEquals', 'StringLike', 'ForAnyValue:StringEquals'].map((operator) => [
                operator,
                {
                  type: 'object',
                  minProperties: 1,
                  propertyNames: { pattern: '^(?:aws|kms):[A-Za-z:]+$' },
                  additionalProperties: { anyOf: [{ type: 'string' }, list('.')] },
                },
              ]),
            ),
          },
        },
      },
    },
  },
} as const;
