// Where programs keep credentials in a home directory: a table, by program. To add a store, add an entry; its reader is in
// key-value-readers.ts or special-readers.ts. Paths of all systems stand side by side: what is not there is not listed.
import {
  readAll,
  readIni,
  readJson,
  readNetrc,
  readPgpass,
  readToml,
  readUrls,
  readWholeText,
  readYaml,
} from './key-value-readers.ts';
import {
  readAwsProfiles,
  readDockerConfig,
  readKubeconfig,
  readMavenSettings,
  readNugetConfig,
  readPrivateKey,
} from './special-readers.ts';
import { type CredentialStore, valuesOf } from './store.ts';

const AWS_BETTER =
  'Use short-lived credentials: aws configure sso, then aws sso login; or a profile with role_arn, source_profile and mfa_serial in ~/.aws/config. Then deactivate and delete the key in IAM.';
const LOGIN_FILE = (command: string): string => `Log in through a browser or a key ring: ${command}`;

const named = (text: string): RegExp => new RegExp(`^(?:${text})$`);

export const STORES: readonly CredentialStore[] = [
  {
    name: 'AWS keys',
    paths: ['.aws/credentials', '.aws/config', '.boto', '.s3cfg', '.passwd-s3fs'],
    read: readAws,
    better: AWS_BETTER,
  },
  {
    name: 'AWS session cache',
    paths: ['.aws/cli/cache/*', '.aws/sso/cache/*', '.aws/login/cache/*'],
    read: (text) => {
      const content = readJson(/^(?:secretaccesskey|sessiontoken|accesstoken|refreshtoken|clientsecret)$/)(text);
      return content.kind === 'values'
        ? valuesOf(content.values.map((one) => ({ ...one, isTemporary: true })))
        : content;
    },
    better: 'These end by themselves; aws sso logout ends them now.',
  },
  {
    name: 'AWS CLI history',
    paths: ['.aws/cli/history/history.db'],
    isBinary: true,
    // Whether it holds values is what `unleak shell` says; that it is kept at all is the point here.
    read: (text) =>
      text.length > 0
        ? { kind: 'unknown', why: 'keeps every parameter and reply of aws, values included' }
        : valuesOf([]),
    better: 'aws configure set cli_history disabled, then delete the file. What is in it: unleak shell.',
  },
  {
    name: 'netrc',
    paths: ['.netrc', '_netrc'],
    read: readNetrc,
    better: 'Use a credential helper of the program (git, curl with a key ring), or short-lived tokens.',
  },
  {
    name: 'npm',
    paths: ['.npmrc', '.yarnrc', '.config/pnpm/rc'],
    read: readAll(readIni(/(?:^|:)_(?:authtoken|auth|password)$/, 'token'), readUrls),
    better: `Put a variable there (//registry.npmjs.org/:_authToken=\${NPM_TOKEN}) and take the token from a key ring; publish from CI with trusted publishing.`,
  },
  {
    name: 'Yarn',
    paths: ['.yarnrc.yml'],
    read: readYaml(named('npmauthtoken|npmauthident')),
    better: `Put a variable there: npmAuthToken: "\${NPM_TOKEN}".`,
  },
  {
    name: 'PyPI',
    paths: ['.pypirc'],
    read: readAll(readIni(named('password'), 'token'), readUrls),
    better: 'keyring set https://upload.pypi.org/legacy/ __token__; publish from CI with trusted publishing.',
  },
  {
    name: 'pip',
    paths: [
      '.config/pip/pip.conf',
      '.pip/pip.conf',
      'pip/pip.ini',
      'Library/Application Support/pip/pip.conf',
      'AppData/Roaming/pip/pip.ini',
      '.condarc',
    ],
    read: readUrls,
    better: 'pip --keyring-provider subprocess takes the password from a key ring.',
  },
  {
    name: 'Docker logins',
    paths: ['.docker/config.json', '.config/containers/auth.json', '.dockercfg', '.config/helm/registry/config.json'],
    read: readDockerConfig,
    better:
      'Set "credsStore" (secretservice, pass, osxkeychain, wincred, ecr-login) in ~/.docker/config.json, then docker logout and docker login.',
  },
  {
    name: 'git credentials',
    paths: ['.git-credentials', '.config/git/credentials'],
    read: readUrls,
    better: 'git config --global credential.helper libsecret (osxkeychain, manager), then delete the file; or use SSH.',
  },
  {
    name: 'git settings',
    paths: ['.gitconfig', '.config/git/config'],
    read: readAll(readUrls, readIni(named('token|password|extraheader|smtppass|oauth-token'), 'token')),
    better: 'Use a credential helper; take URLs with passwords out of insteadOf.',
  },
  {
    name: 'PostgreSQL',
    paths: ['.pgpass', 'AppData/Roaming/postgresql/pgpass.conf'],
    read: readPgpass,
    better: 'Short-lived passwords (aws rds generate-db-auth-token), certificates or Kerberos. Mode 0600 at least.',
  },
  {
    name: 'MySQL',
    paths: ['.my.cnf', '.mysql/my.cnf'],
    read: readIni(named('password'), 'password'),
    better: 'mysql_config_editor hides it from a glance only; better is a short-lived password or a socket login.',
  },
  {
    name: 'Kubernetes',
    paths: ['.kube/config', '.kube/*.yaml', '.kube/*.yml', '.kube/*.conf'],
    read: readKubeconfig,
    better: 'Use an exec plugin: aws eks update-kubeconfig, gke-gcloud-auth-plugin, kubelogin.',
  },
  {
    name: 'Google Cloud',
    paths: [
      '.config/gcloud/application_default_credentials.json',
      '.config/gcloud/legacy_credentials/*/adc.json',
      'AppData/Roaming/gcloud/application_default_credentials.json',
    ],
    read: readJson(named('private_key|refresh_token|client_secret')),
    better:
      'gcloud auth application-default login with impersonation (--impersonate-service-account), or workload identity; no service account keys.',
  },
  {
    name: 'Google Cloud',
    paths: [
      '.config/gcloud/credentials.db',
      '.config/gcloud/access_tokens.db',
      'AppData/Roaming/gcloud/credentials.db',
    ],
    isBinary: true,
    read: (text) =>
      valuesOf(
        [...text.matchAll(/"refresh_token":\s*"([^"]+)"/g)].map(([, value = ''], i) => ({
          name: `refresh token ${i + 1}`,
          value,
          kind: 'token' as const,
        })),
      ),
    better: 'gcloud auth revoke for accounts that are not used; keep the disk encrypted.',
  },
  {
    name: 'Azure',
    paths: [
      '.azure/accessTokens.json',
      '.azure/msal_token_cache.json',
      '.azure/service_principal_entries.json',
      '.azure/aadTokens.json',
    ],
    read: readJson(named('secret|accesstoken|refreshtoken|client_secret|access_token|refresh_token')),
    better:
      'az account clear; log in with az login (browser), a managed identity, or a certificate in place of a client secret.',
  },
  {
    name: 'GitHub CLI',
    paths: ['.config/gh/hosts.yml', 'AppData/Roaming/GitHub CLI/hosts.yml', '.config/hub'],
    read: readYaml(named('oauth_token')),
    better: LOGIN_FILE('gh auth logout, then gh auth login (without --insecure-storage)'),
  },
  {
    name: 'GitLab CLI',
    paths: ['.config/glab-cli/config.yml', 'Library/Application Support/glab-cli/config.yml', '.python-gitlab.cfg'],
    read: (text, path) =>
      path.endsWith('.cfg')
        ? readIni(named('private_token|job_token|oauth_token'), 'token')(text)
        : readYaml(named('token|oauth2_refresh_token'))(text),
    better: LOGIN_FILE('glab auth login --use-keyring'),
  },
  {
    name: 'Terraform',
    paths: ['.terraform.d/credentials.tfrc.json'],
    read: readJson(named('token')),
    better: 'Use a credentials helper, or TF_TOKEN_… from a key ring.',
  },
  {
    name: 'Terraform',
    paths: ['.terraformrc', 'AppData/Roaming/terraform.rc'],
    read: readIni(named('token'), 'token'),
    better: 'Use a credentials helper, or TF_TOKEN_… from a key ring.',
  },
  {
    name: 'Vault',
    paths: ['.vault-token'],
    read: readWholeText('token'),
    better: 'Short leases (vault login with OIDC); vault token revoke -self when done.',
  },
  {
    name: 'Pulumi',
    paths: ['.pulumi/credentials.json'],
    read: readJson(/^(?:accesstoken|https:\/\/.*)$/),
    better: 'pulumi logout; in CI use OIDC.',
  },
  {
    name: 'Cargo',
    paths: ['.cargo/credentials.toml', '.cargo/credentials'],
    read: readToml(named('token')),
    better:
      'registry.global-credential-providers = ["cargo:libsecret"] (macos-keychain, wincred) in ~/.cargo/config.toml.',
  },
  {
    name: 'RubyGems',
    paths: ['.gem/credentials', '.local/share/gem/credentials'],
    read: readYaml(/^:?(?:.*api_key|rubygems.*|https?:.*)$/),
    better: 'Publish from CI with trusted publishing; gem signout here.',
  },
  {
    name: 'Bundler',
    paths: ['.bundle/config'],
    read: readYaml(/^bundle_.*(?:__.*|token|password)$/),
    better: 'Take it from a variable that a key ring fills.',
  },
  {
    name: 'Maven',
    paths: ['.m2/settings.xml'],
    read: readMavenSettings,
    better: `mvn --encrypt-password, or \${env.NAME} in settings.xml.`,
  },
  {
    name: 'Gradle',
    paths: ['.gradle/gradle.properties'],
    read: readIni(/(?:password|token|secret|apikey|api_key|keypass|storepass)$/, 'password'),
    better: 'Take it from ORG_GRADLE_PROJECT_… variables that a key ring fills.',
  },
  {
    name: 'Composer',
    paths: ['.composer/auth.json', '.config/composer/auth.json', 'AppData/Roaming/Composer/auth.json'],
    read: readAll(readJson(named('password|token|consumer-secret')), readComposerTokens),
    better: 'Tokens with few rights and an end date; take them from COMPOSER_AUTH in CI.',
  },
  {
    name: 'NuGet',
    paths: ['.nuget/NuGet/NuGet.Config', '.config/NuGet/NuGet.Config', 'AppData/Roaming/NuGet/NuGet.Config'],
    read: readNugetConfig,
    better: 'Use a credential provider (artifacts-credprovider), or %NAME% in the file.',
  },
  {
    name: 'DigitalOcean, Hetzner, Scaleway, Linode',
    paths: [
      '.config/doctl/config.yaml',
      '.config/scw/config.yaml',
      '.config/hcloud/cli.toml',
      '.config/linode-cli',
      'Library/Application Support/doctl/config.yaml',
    ],
    read: (text, path) => readerByEnding(path)(text),
    better: 'Tokens with an end date and few rights; take them from a variable that a key ring fills.',
  },
  {
    name: 'Fly, Netlify, Vercel, Firebase, Heroku, Wrangler',
    paths: [
      '.fly/config.yml',
      '.netlify/config.json',
      '.config/netlify/config.json',
      '.local/share/com.vercel.cli/auth.json',
      'Library/Application Support/com.vercel.cli/auth.json',
      '.config/configstore/firebase-tools.json',
      '.wrangler/config/default.toml',
      '.config/.wrangler/config/default.toml',
      'Library/Preferences/.wrangler/config/default.toml',
    ],
    read: (text, path) => readerByEnding(path)(text),
    better:
      'Log out when done (fly auth logout, netlify logout, vercel logout, firebase logout, wrangler logout); in CI use tokens with few rights.',
  },
  {
    name: 'Oracle, IBM, Databricks, Snowflake',
    paths: [
      '.oci/config',
      '.databrickscfg',
      '.snowsql/config',
      '.snowflake/config.toml',
      '.snowflake/connections.toml',
      '.bluemix/config.json',
    ],
    read: (text, path) =>
      /\.(?:json|toml)$/.test(path)
        ? readerByEnding(path)(text)
        : readIni(named('pass_phrase|token|password|client_secret|private_key_passphrase'), 'token')(text),
    better: 'Log in through a browser (databricks auth login, snow with externalbrowser, oci session authenticate).',
  },
  {
    name: 'Hugging Face',
    paths: ['.cache/huggingface/token', '.huggingface/token'],
    read: readWholeText('token'),
    better: 'A token with read rights only; huggingface-cli logout when done.',
  },
  {
    name: 'Kaggle',
    paths: ['.kaggle/kaggle.json', '.config/kaggle/kaggle.json'],
    read: readJson(named('key')),
    better: 'Expire old keys in the account settings; mode 0600.',
  },
  {
    name: 'AI coding agents',
    paths: [
      '.claude/.credentials.json',
      '.codex/auth.json',
      '.gemini/oauth_creds.json',
      '.local/share/opencode/auth.json',
      '.config/github-copilot/apps.json',
      '.config/github-copilot/hosts.json',
    ],
    read: readJson(
      named(
        'accesstoken|refreshtoken|access_token|refresh_token|openai_api_key|oauth_token|id_token|key|access|refresh',
      ),
    ),
    better: 'Log out of machines that you do not use; API keys of agents with a limit on cost.',
  },
  {
    name: 'Sentry',
    paths: ['.sentryclirc'],
    read: readIni(named('token|api_key'), 'token'),
    better: 'Take SENTRY_AUTH_TOKEN from a key ring.',
  },
  {
    name: 'rclone',
    paths: ['.config/rclone/rclone.conf'],
    read: (text) =>
      /^RCLONE_ENCRYPT_V\d/m.test(text)
        ? { kind: 'encrypted', how: 'with a password' }
        : readIni(
            named('pass|password|password2|token|secret_access_key|client_secret|key|bearer_token'),
            'token',
          )(text),
    better: 'rclone config → Set configuration password. What it obscures can be read by everybody.',
  },
  {
    name: 'environment file',
    paths: ['.env', '.envrc', '.secrets'],
    read: readIni(/(?:^|_)(?:password|passwd|pass|secret|token|key|apikey|pwd)$/, 'password'),
    better:
      'Keep values in a vault and load them when needed (direnv with a command, aws secretsmanager get-secret-value).',
  },
  {
    name: 'private key',
    paths: ['.ssh/*', '.oci/*.pem', '.minikube/*.key', '*.pem', '*.ppk', '*.p8'],
    read: readPrivateKey,
    better:
      'ssh-keygen -p -f FILE sets a passphrase and keeps the key; ssh-agent asks for it once. Better: a hardware key (ssh-keygen -t ed25519-sk).',
  },
];

function readAws(text: string, path: string) {
  if (path.endsWith('.s3cfg')) return readIni(named('secret_key|access_token|gpg_passphrase'), 'token')(text);
  if (path.endsWith('.passwd-s3fs')) {
    const value = text.trim().split(':').at(-1) ?? '';
    return valuesOf(value === '' ? [] : [{ name: 's3fs', value, kind: 'token' }]);
  }
  return readAwsProfiles(text);
}

/** Composer keeps tokens under the host's name: `"github-oauth": { "github.com": … }`. */
function readComposerTokens(text: string) {
  return readJson(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/)(text);
}

const TOKENS = named(
  'token|access_token|access-token|refresh_token|secret_key|secret-key|oauth_token|password|refreshtoken|accesstoken|iamtoken|iamrefreshtoken|apikey',
);

function readerByEnding(path: string) {
  if (path.endsWith('.toml')) return readToml(TOKENS);
  if (path.endsWith('.json')) return readJson(TOKENS);
  return /\.ya?ml$/.test(path) ? readYaml(TOKENS) : readIni(TOKENS, 'token');
}
