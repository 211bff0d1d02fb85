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

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** A name that ends in one of these names a thing about a credential, not the credential. */
export const ABOUT_WORDS = words(
  `name names type types kind url uri urls endpoint path paths file files filename dir directory folder field fields label
  labels title titles message messages msg text hint placeholder description desc header headers param params parameter prefix
  suffix pattern regex regexp format length len size min max limit count counter index idx input inputs form confirm confirmation
  confirmed reset forgot forgotten change changed update updated create created expires expiry expiration expire ttl age lifetime
  timeout policy policies rule rules strength validator validation validate valid invalid required enabled disabled visible
  visibility hidden show hide toggle manager provider providers service store storage factory handler callback listener event
  events error errors exception warning status state mode option options settings config class classname style styles css icon
  icons image color element el node selector button btn link page view screen route router schema model table column columns
  version algorithm algo alg method issuer audience scope scopes bucket source src target ref refs reference arn template
  separator delimiter encoding charset language locale parser lexer kinds stream position pos start end begin line symbol usage
  tag tags list map set array object func function fn mock docs doc comment prompt question answer
  key_name keyname property attribute attr namespace group groups role roles user username login email mail info data count
  at date time timestamp interval seconds minutes hours days millis
  auth secured protected module modules client plugin env environment variable var flow grant domain host port server`,
);

/** A name with one of these holds an identifier, something public, or what was made from a secret. */
export const PUBLIC_WORDS = words('public pub publishable sitekey site anon anonymous pubkey cert certificate');
export const DERIVED_WORDS = words(
  `hash hashes hashed digest checksum sha sha1 sha256 sha512 md5 bcrypt fingerprint thumbprint encrypted ciphertext cipher
  encoded wrapped derived signature sig salt nonce iv etag integrity crc`,
);
export const ID_WORDS = words('id ids uuid guid uid identifier idx number keyid keyids kid tokenid secretid');
/** What tests and tutorials call values they make up. */
export const TEST_WORDS = words(
  `test tests testing fake mock mocked dummy expected expect actual wrong bad invalid example sample some random stub fixture`,
);
/** Whose credential it is: such names are used where a real one is set. */
export const OWNER_WORDS = words(
  `db database mysql postgres postgresql pg mongo mongodb redis mariadb oracle sql mssql rabbitmq kafka elastic elasticsearch
  admin root sudo smtp mail email ftp sftp ssh ldap jdbc datasource keystore truststore store ssl pfx p12 wifi proxy vnc rcon
  master server docker registry aws azure gcp github gitlab slack twitter facebook google client api access session jwt
  cookie app oauth consumer bot webhook account service user login`,
);
/** Fields of forms that ask for a password anew. */
export const FORM_WORDS = words('new old current confirm confirmation repeat retype again forgot reset change');
/** A name that starts with one of these is what a function or a switch is called. */
export const VERB_WORDS = words(
  `get is has check validate verify create generate make build parse read load find fetch reset forgot change update show hide
  use enable disable require allow need want should on handle encrypt decrypt hash compare match no not without skip ignore`,
);

/** Names with one of these anywhere speak of something else. */
export const OTHER_WORDS = words(
  `tokenizer tokenize tokenized passive passed passing passes passthrough bypass compass passage passenger passport pass-through
  keyboard keydown keyup keypress keycode keyframe keyframes keyword keywords secretary secretion sitekey author authors authored
  authority authoring authorized pagination continuation cursor design abbreviation punctuation syntax lexical terminal passes
  renderpass subpass passcount monkey turkey hotkey hotkeys shortcut`,
);
export const CSRF_WORDS = words('csrf xsrf csrfmiddlewaretoken');
