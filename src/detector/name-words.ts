// Splits names as people write them (camelCase, snake_case, kebab-case, dotted paths) and knows which words say that the
// value is a secret, and which say that it is something about a secret. Data and one small function; no judgement.

/** Words of a name in lower case: `dbPassword2` → db, password, 2. */
export function splitName(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9\x80-\xff]+/)
    .filter(Boolean);
}

/** A name that ends in one of these names a thing about a credential, not the credential. */
export const ABOUT_WORDS: ReadonlySet<string> = new Set(
  `name names id ids type types kind url uri urls endpoint path paths file files filename dir directory folder field fields label
  labels title titles message messages msg text hint placeholder description desc header headers param params parameter prefix
  suffix pattern regex regexp format length len size min max limit count counter index idx input inputs form confirm confirmation
  confirmed reset forgot forgotten change changed update updated create created expires expiry expiration expire ttl age lifetime
  timeout policy policies rule rules strength validator validation validate valid invalid required enabled disabled visible
  visibility hidden show hide toggle manager provider providers service store storage factory handler callback listener event
  events error errors exception warning status state mode option options settings config class classname style styles css icon
  icons image color element el node selector button btn link page view screen route router schema model table column columns
  version algorithm algo alg method issuer audience scope scopes bucket source src target ref refs reference arn template
  separator delimiter encoding charset language locale parser lexer kinds stream position pos start end begin line symbol usage
  tag tags list map set array object func function fn test tests spec mock docs doc comment prompt question answer cookie cookies
  key_name keyname property attribute attr namespace group groups role roles user username login email mail info data count public
  pub fingerprint thumbprint digest checksum hash hashes hashed encrypted`.split(/\s+/),
);

/** Names with one of these anywhere speak of something else. */
export const OTHER_WORDS: ReadonlySet<string> = new Set(
  `tokenizer tokenize tokenized tokens passive passed passing passes passthrough bypass compass passage passenger passport
  keyboard keydown keyup keypress keycode keyframe keyframes keyword keywords secretary secretion csrf xsrf nonce sitekey
  pagination continuation cursor design abbreviation punctuation syntax lexical terminal`.split(/\s+/),
);

/** Names that leave little doubt. */
export const STRONG_NAME =
  /(?:pass(?:word|wd|phrase)?|pwd|secret|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?key|encryption[_-]?key|signing[_-]?key|master[_-]?key|(?:auth|access|api|bearer|refresh|session|bot|deploy|personal)[_-]?token|credentials?)$/i;
