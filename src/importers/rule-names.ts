// Whether a rule of another tool and one of ours mean the same kind of secret. In doubt the answer is no: an accepted finding
// must not silence another secret on its line.

/** Words of foreign names that say nothing of a provider. */
const VAGUE = new Set(
  'api key keys token tokens secret secrets access high entropy string base64 hex keyword credential credentials generic password auth id client app user personal pat v1 v2 webhook url bot service account private public basic kingfisher rule detector'.split(
    ' ',
  ),
);
/** Other names of our providers. */
const ALIASES: Readonly<Record<string, string>> = {
  google: 'gcp',
  amazon: 'aws',
  hashicorp: 'vault',
  openaiapi: 'openai',
  postgres: 'postgresql',
};
/** Providers of ours that stand for any service. */
const ANY = /^(?:generic|service|http-auth|url|connection-string|imported|known|jwt|netrc|shell|windows|network)$/;

function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1 && !VAGUE.has(word))
    .map((word) => ALIASES[word] ?? word);
}

/** @param foreign such as `slack-bot-token` or `AWS Access Key`. @param ours such as `slack.bot-token` */
export function mayBeSameRule(foreign: string, ours: string): boolean {
  const provider = ours.slice(0, ours.indexOf('.'));
  if (ANY.test(provider)) return true;
  const theirs = wordsOf(foreign);
  // A private key has no provider.
  if (/private.?key/i.test(foreign)) return /private-key|service-account-key/.test(ours);
  if (theirs.length === 0) return true;
  const own = wordsOf(ours.replace('.', ' '));
  return theirs.some((word) => own.some((other) => other.startsWith(word) || word.startsWith(other)));
}
