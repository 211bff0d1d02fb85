// Whether a value in a secret's position is a secret typed out: not a file, a variable, a prompt or a placeholder. Weak
// passwords count, for the position proves them; words that only name the credential do not.
import { findPlaceholder } from '../util/placeholder.ts';

/** Other places that hold the value: files, variables, stores. */
const REFERENCE =
  /^(?:@?[~.]{0,2}\/[\w.~/-]+$|@[\w.~/-]+\.[a-z]{2,5}$|@-$|file:|fileb:|env:|fd:|stdin|op:\/\/|ref\+|vault:|ssm:|arn:aws|secretref:|keyring:|cmd:|pass:\/\/|bws?:\/\/|akv:|gcp-sm:|\{\{|\$\{|%[A-Za-z_]\w*%$|!reference)/;
/** Words that stand for the value in documents. */
const NAMED =
  /^(?:(?:my|your|the|our|new|old|some|a|db|database|mysql|postgres|redis|root|admin|user|super|secure|strong|secret|api|access|auth|bearer|client|personal|github|gitlab|docker|registry|login|account|app|application|vault|npm|slack|private|cluster|join|bot)[-_ .]?){0,4}(?:passw(?:or)?d|pass|passphrase|pwd|pw|secret|secrets|token|key|apikey|credential|credentials|value|string|hash|code)(?:here|[-_ .]here|\d{0,1})?$/i;
const FILLERS =
  /^(?:foo|bar|baz|qux|foobar|xyz|abc|string|value|text|none|null|nil|true|false|yes|no|on|off|auto|default|required|optional|prompt|ask|stdin|data|json|plain|basic|bearer|ok|x+|\*+|\.+|-+|_+|\?+|#+|y+|0+)$/i;

const FILE_NAME =
  /^[\w.~/-]+\.(?:pem|key|crt|cer|pfx|p12|jks|txt|ya?ml|json|env|ini|conf|cfg|toml|sql|csv|gpg|asc|zip|jar|war|tar|t?gz|html?|[jt]sx?|py|rb|go|rs|sh|log|md|xml|lst|hcl|tf|exe|dll|rpm|deb|so|com|org|net|local|internal|service)$/i;

/** Kinds of placeholders that are none for a value whose position proves it: somebody does use `qwerty12` or `test`. */
const WEAK = new Set(['walk', 'label']);

/** @param references further starts that name a source, from the rule */
export function isLiteralSecret(value: string, references: readonly string[]): boolean {
  const text = value.trim();
  if (text.length < 2 || text === '--') return false;
  if (REFERENCE.test(text) || NAMED.test(text) || FILLERS.test(text)) return false;
  if (FILE_NAME.test(text)) return false;
  if (references.some((start) => text.startsWith(start))) return false;
  if (
    /^(?:<[^<>]*>|\[[\w .|-]*\]|\{[\w .|-]*\}|\([\w .|-]*\)|%\w+%)$/.test(text) ||
    /^[A-Z]{2,}(?:_[A-Z0-9]+)+$/.test(text)
  )
    return false;
  if (/\.\.\.|…|\u00e2\u0080\u00a6|^x{3,}|\*{3,}/i.test(text)) return false;
  const found = findPlaceholder(text);
  if (!found) return true;
  return WEAK.has(found.kind) || (found.kind === 'repeat' && /[a-wyz1-9]/i.test(text));
}

/** Letters and digits or signs in some length: what a password has and a word has not. */
export function looksLikePassword(value: string): boolean {
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((one) => one.test(value)).length;
  return value.length >= 6 && !/\s/.test(value) && classes >= 3;
}

/** Values that settings have: of a variable whose name alone says that it may be a secret. */
export function isSettingValue(value: string): boolean {
  return (
    /^(?:true|false|yes|no|on|off|none|null|nil|enabled?|disabled?|always|never|\d{1,5})$/i.test(value) ||
    /^(?:[~.]{0,2}\/|[A-Za-z]:\\)[^\s]*$/.test(value) ||
    /^https?:\/\/[^@]*$/.test(value) ||
    /\s\S+\s/.test(value) ||
    /^[a-z./-]+ [\w./-]+$/.test(value)
  );
}
