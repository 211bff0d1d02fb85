// Files of settings, and everything that no other pack knows: the value leaves the file, and comes at start or from the
// local agent of AWS, which any program can ask.
import { type LanguagePack, quoteDouble, type SecretTarget } from './code-change.ts';
import { readCommand } from './code-shell.ts';

const agent = ({
  name,
}: SecretTarget): string => `# The agent keeps values for five minutes; token and port are those of its set-up.
curl -s -H "X-Aws-Parameters-Secrets-Token: $(cat /var/run/awssmatoken)" \\
  "http://localhost:2773/secretsmanager/get?secretId=${encodeURIComponent(name)}"`;

export const DOTENV: LanguagePack = {
  id: 'dotenv',
  label: '.env file',
  fits: ({ path }) => /(?:^|\/)\.env(?:\.[\w.-]+)?$|\.env$/i.test(path),
  edit: () => ({ refused: 'the file is taken out of the repository as a whole' }),
  snippet: (target, { path }) => ({
    fence: 'sh',
    code: `git rm --cached -- ${/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`}   # and add it to .gitignore; keep a .env.example without values
# At start, in place of the file:
export ${target.variable}="$(${readCommand(target)})"`,
  }),
  packages: [],
  notes: ['Read once, at start.'],
};

export const SPRING: LanguagePack = {
  id: 'spring',
  label: 'Spring settings',
  fits: ({ path }) => /(?:^|\/)(?:application|bootstrap)[\w.-]*\.(?:properties|ya?ml)$/i.test(path),
  edit: () => ({ refused: 'the settings need an import and a placeholder in its words' }),
  snippet: ({ name, jsonKey }) => ({
    fence: 'properties',
    code: `# io.awspring.cloud:spring-cloud-aws-starter-secrets-manager
spring.config.import=aws-secretsmanager:${name}
# Where the value was:
your.property=\${${jsonKey}}`,
  }),
  packages: ['io.awspring.cloud:spring-cloud-aws-starter-secrets-manager'],
  notes: ['Read at start; spring.cloud.aws.secretsmanager.reload.strategy reads it again.'],
};

export const DOCKERFILE: LanguagePack = {
  id: 'dockerfile',
  label: 'Dockerfile',
  fits: ({ path }) => /(?:^|\/)(?:[\w.-]+\.)?(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?$/i.test(path),
  edit: () => ({ refused: 'an image must hold no value: it comes when the container starts, or as a build secret' }),
  snippet: (target) => ({
    fence: 'dockerfile',
    code: `# While building, in no layer:
RUN --mount=type=secret,id=${target.variable.toLowerCase()},env=${target.variable} ./build.sh
# docker build --secret id=${target.variable.toLowerCase()},env=${target.variable} .
# While running: no ENV line; ECS "secrets", a Kubernetes secret, or the code reads ${target.name} by itself.`,
  }),
  packages: [],
  notes: ['Layers of old images keep the value: delete them from the registry.'],
};

export const LAMBDA: LanguagePack = {
  id: 'lambda',
  label: 'Lambda settings',
  fits: ({ path, text }) =>
    /(?:^|\/)serverless\.ya?ml$/i.test(path) ||
    (/\.(?:ya?ml|json)$/i.test(path) && /\bhandler\s*:/.test(text) && /\bruntime\s*:/.test(text)),
  edit: () => ({ refused: 'a function gets the name of the secret, not its value' }),
  snippet: ({ name }) => ({
    fence: 'sh',
    code: `# Environment of the function: SECRET_ID=${name}
# With the layer "AWS Parameters and Secrets Lambda Extension", in any language:
curl -s -H "X-Aws-Parameters-Secrets-Token: $AWS_SESSION_TOKEN" \\
  "http://localhost:2773/secretsmanager/get?secretId=${encodeURIComponent(name)}"`,
  }),
  packages: ['The layer AWS-Parameters-and-Secrets-Lambda-Extension of your region'],
  notes: [
    'The extension keeps 1,000 secrets for 300 seconds. Where a language has Powertools or a cache, that does as well.',
  ],
};

export const ANY: LanguagePack = {
  id: 'any',
  label: 'any program',
  fits: () => true,
  edit: () => ({ refused: 'there is no pack for this kind of file' }),
  snippet: (target) => ({
    fence: 'sh',
    code: `${agent(target)}\n# The answer is JSON; SecretString in it holds ${quoteDouble(target.jsonKey)}.`,
  }),
  packages: ['AWS Secrets Manager Agent, or an SDK of AWS'],
  notes: ['The agent keeps values for 300 seconds; refreshNow=true asks AWS again.'],
};
