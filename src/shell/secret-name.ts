// Whether a name is one of a credential: of a variable, a key or an option. Names of what lies around a credential (its
// file, its length, its user) are not.

const SECRET =
  /(?:^|_)(?:pass|password|passwd|passphrase|passcode|passwort|pwd|pw|pswd|secret|secrets|token|tokens|apikey|apitoken|api_key|access_key|secret_key|private_key|auth_key|account_key|encryption_key|signing_key|master_key|app_key|shared_key|storage_key|license_key|deploy_key|session_key|credential|credentials|authtoken|auth|bearer|pat|rootpw|userpw|dbpass|dbpassword|requirepass|cookie|webhook_url)(?:_|\d*$)/;
const AROUND =
  /_(?:id|ids|file|files|path|dir|folder|name|names|url|uri|host|port|user|username|length|len|min|max|size|ttl|type|kind|version|prefix|suffix|region|issuer|expiry|expires|expiration|env|var|enabled|disabled|count|algorithm|alg|header|field|fields|bits|store|policy|ref|arn|socket|sock|command|cmd|program|prompt|hash_type|provider|method|mode|endpoint|audience|scope|scopes|timeout|days|rotation|manager|manager_id|template|hint|reset|required|status|plugin|backend|class|format|limit|budget|count|usage|key_name|count_max|label|color|colour|environment|encrypted)$/;
const NO_SECRET = /^(?:pwd|oldpwd|pass|auth|_?token_?type|secrets?|cookie|key)$/;

/** `dbPassword`, `DB-PASSWORD`, `db.password` → `db_password`. */
function toWords(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}

export function isSecretName(name: string): boolean {
  const words = toWords(name);
  if (NO_SECRET.test(words)) return words === 'pass' || words === 'secret';
  // The address of a webhook is what lets one post to it.
  if (words.endsWith('webhook_url')) return true;
  return (
    SECRET.test(words) &&
    !AROUND.test(words) &&
    !/(?:^|_)existing_|^(?:no|disable|enable|use|has|is|allow)_|_empty_/.test(words)
  );
}
