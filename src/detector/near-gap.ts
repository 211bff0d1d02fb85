// Decides whether the text between a provider's word and a value assigns the value, in the forms of code, configuration,
// mark-up, command lines, log lines and tables. Text in, answer out; knows neither the rule nor the value.
// `datadog_api_key = "`, `<add key="DatadogKey" value="`, `datadog:\n  token: `, `ENV DD_KEY `, `datadog --token ` assign;
// `see datadog for the commit ` does not.

/** How sure the text between is: `bare` without a name of a credential, `plain` where only blanks join a label to the value. */
export type GapKind = 'assigned' | 'bare' | 'plain' | undefined;

/** Escapes of the signs that matter here, in mark-up, URLs and strings inside strings. */
const ESCAPED_QUOTE = /&quot;|&#3[49];|&apos;|%2[27]|\\u002[27]|\\["'`]/gi;
const ESCAPED_SIGN: readonly (readonly [RegExp, string])[] = [
  [/%3D|&#61;/gi, '='],
  [/%3A|&#58;/gi, ':'],
  [/%20|\\[nrt]/g, ' '],
];

/** What may open a value: blanks, quotes and their prefixes, brackets. */
const OPENERS = /(?:[\s"'`({[<@~]|(?<![\w.])[rbfuL]{1,2}(?=["'`])|\$(?=["'`]))*$/;
const CLOSERS = /[\s"'`*)]{0,8}$/;
const OPERATOR = /[=:>|,?]$|<-$|\s-$|\xe2\x80[\x93\x94]$/;
/** `token - 'value'`: as often a dash in a sentence. */
const DASH = /\s-$|[\x93\x94]$/;
/** The word before the openers. */
const LAST_WORD = /((?:-{1,2})?[\w$\x80-\xff]+(?:[.-][\w$\x80-\xff]+)*)$/;
/** Names of schemes, and of types and functions that wrap a literal. */
const WRAPPER =
  /^(?:bearer|basic|token|bot|api-?key|apikey-v\d|key|oauth2?|oauthtoken|ssws|geniekey|splunk|kakaoak|deepl-auth-key|negotiate|digest|hmac|sso-key|zoho-oauthtoken|new|string|str|secret|secretstr|some|ok|of|value|val|default|is|was|are|as|to)$/i;
/** `key is value` */
const LINKING = /^(?:is|was|are|as|to)$/i;
const CREDENTIAL =
  /key|token|secret|passw|passphrase|pwd|auth|cred|access|api|private|bearer|licen[cs]e|webhook|jwt|pat$|hmac|login/i;
/** Last words of names that say the value is something else than a credential. A pattern of them takes V8 a millisecond to read. */
const OTHER_THINGS = new Set(
  `commit rev revision sha md5 hash checksum digest digests integrity version ref etag fingerprint thumbprint nonce resolved
  uuid guid id ids public publickey pubkey publishablekey sitekey size url urls uri href path file files filename date time
  timestamp build image tag tags branch signature address cid arn name names hostname host region email username user title
  description comment exampleid`.split(/\s+/),
);
const OTHER_PAIRS = new Set(['public_key', 'pub_key', 'publishable_key', 'site_key', 'example_id']);
/** Words that say nothing: types, declarations and the parts of names. */
const NEUTRAL =
  /^(?:const|var|let|final|static|public|private|export|set|setx|env|arg|def|dim|as|string|str|char|text|value|name|the|my|our|your|is|was|api|app|key|keys|token|tokens|secret|secrets|access|auth|password|client|server|account|user|rest|http|https|optional|int|byte|bytes)$/i;
const WORD = /-{0,2}[\w$\x80-\xff]+(?:[.-][\w$\x80-\xff]+)*|\s+|[^\s\w$\x80-\xff]/g;
/** Attributes of a variable that stand between its name and its value: `variable "X" { type = string, default = "…" }`. */
const ATTRIBUTE =
  /([\n,{]\s{0,12})["']?(?:type|kind|description|sensitive|nullable|required|secret|is_?secret|secured|encrypted|scope|hidden)["']?\s{0,8}[=:]\s{0,4}(?:"[^"\n]{0,80}"|[\w.]{1,30}),?(?=\s)/gi;
const VALUE_LABEL = /(?:val|value|default|content)["']?\s{0,8}(?:=>?|:)$/i;
/** More free words than this before an operator are prose, whatever the name. */
const MAX_FREE_WORDS = 5;
const MAX_BREAKS = 3;
/** Any scheme may follow this header. */
const AUTHORISATION = /authorization["'`]?\s*[:=,]+$/i;

/** `apiKey` and `API-Key` as `api_key`. */
function snakeCase(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[-.]/g, '_')
    .toLowerCase();
}

/** @param name in snake_case */
function isOtherThing(name: string): boolean {
  const at = name.lastIndexOf('_');
  const word = name.slice(at + 1);
  if (OTHER_THINGS.has(word) || (word.startsWith('sha') && /^\d{1,3}$/.test(word.slice(3)))) return true;
  return at > 0 && OTHER_PAIRS.has(name.slice(name.lastIndexOf('_', at - 1) + 1));
}

interface Prose {
  /** Words that stand beside other words as in a sentence and are no part of a declaration. */
  readonly freeWords: number;
  /** Statements, elements or paragraphs end between. */
  readonly breaks: number;
  /** The last word before the last operator or the end, '' when there is none. */
  readonly lastName: string;
}

function readWords(text: string): Prose {
  let freeWords = 0;
  let breaks = 0;
  let lastName = '';
  let hadWord = false;
  for (const token of text.match(WORD) ?? []) {
    if (/^\s/.test(token)) {
      const lines = token.split('\n').length - 1;
      // A line that ends in a bare word begins nothing; `key:\n  value` and `{\n` do.
      if (lines > 0 && (hadWord || lines > 1)) breaks++;
      continue;
    }
    if (/^[-\w$\x80-\xff]{1,}/.test(token) && /[\w\x80-\xff]/.test(token)) {
      if (hadWord && !token.startsWith('-') && !NEUTRAL.test(token)) freeWords++;
      // `name: X, value: Y` and `key="X" value="Y"`: the name is X.
      if (!/(?:^(?:val|content|default)|value)$/i.test(token) || lastName === '') lastName = token;
      hadWord = true;
    } else {
      hadWord = false;
      if (token === ';' || token === '}' || token === '!') breaks++;
    }
  }
  return { freeWords, breaks, lastName };
}

/** What a value can stand right behind: all that most tried gaps are asked. */
const CAN_PRECEDE = /[\s"'`=:>|,({<@[?~;]$|%3D$|%2[027]$|\\[nrt]$/i;

/** The gap with escapes resolved, cheap when there are none. */
function unescapeGap(gap: string): string {
  if (!/[&%\\]/.test(gap)) return gap;
  return ESCAPED_SIGN.reduce((text, [sign, plain]) => text.replace(sign, plain), gap.replace(ESCAPED_QUOTE, '"'));
}

/** `text` without what may open a value at its end. */
function withoutOpeners(text: string): string {
  return text.slice(0, OPENERS.exec(text)?.index ?? text.length);
}

/** `text` without blanks and quotes at its end. */
function withoutClosers(text: string): string {
  return text.slice(0, CLOSERS.exec(text)?.index ?? text.length);
}

/** The name assigns when it speaks of credentials, or when nothing but structure stands between it and the provider. */
function judgeName(text: string): GapKind {
  const before = VALUE_LABEL.test(text) ? text.replace(ATTRIBUTE, '$1') : text;
  const { freeWords, breaks, lastName } = readWords(before);
  const name = snakeCase(lastName);
  if (isOtherThing(name)) return undefined;
  if (CREDENTIAL.test(name)) return freeWords <= MAX_FREE_WORDS && breaks <= MAX_BREAKS ? 'assigned' : undefined;
  if (freeWords > 0 || breaks > 0) return undefined;
  // `Token: String = `: the type stands last.
  return CREDENTIAL.test(before) ? 'assigned' : 'bare';
}

/** Nothing but blanks and openers stand between the word and the value. */
function judgeLabel(before: string, word: string, opened: string): GapKind {
  if (isOtherThing(snakeCase(word))) return undefined;
  const { freeWords, breaks } = readWords(before);
  // A command may have other options before this one.
  if (word.startsWith('-')) return freeWords <= MAX_FREE_WORDS && breaks === 0 ? 'plain' : undefined;
  if (freeWords > 1 || breaks > 1) return undefined;
  if (CREDENTIAL.test(word)) return 'plain';
  const isAlone = freeWords === 0 && breaks === 0;
  if (isAlone && /["'`]/.test(opened)) return 'plain';
  // `ACME LABEL value`
  return isAlone && /^[A-Z]{3,12}$/.test(word) ? 'plain' : undefined;
}

/**
 * @param word the provider's word, as the rule has it
 * @param gap text from its end to the start of the value, at most a hundred characters
 * @returns undefined when the text does not assign the value
 */
export function readGap(word: string, gap: string): GapKind {
  if (!CAN_PRECEDE.test(gap)) return undefined;
  // The word may hold any signs; all that counts is whether it speaks of a credential, as `daily_token` does.
  const text = (CREDENTIAL.test(word) ? 'xtoken' : 'x') + unescapeGap(gap);
  const closed = withoutOpeners(text);
  if (OPERATOR.test(closed)) {
    const kind = judgeName(closed);
    return kind && DASH.test(closed) ? 'plain' : kind;
  }
  const opened = text.slice(closed.length);
  const name = LAST_WORD.exec(closed)?.[1];
  if (name === undefined) return undefined;
  // A call: `Acme("value")`, `acme.setKey("value")`
  if (opened.includes('(')) return judgeName(closed);
  const before = closed.slice(0, closed.length - name.length);
  const outer = withoutOpeners(before);
  if (OPERATOR.test(outer) && (WRAPPER.test(name) || AUTHORISATION.test(outer))) return judgeName(outer);
  if (LINKING.test(name)) {
    // `the key is value`, and in a document: `KEY` to `value`
    const spoken = withoutClosers(before);
    const subject = LAST_WORD.exec(spoken)?.[1];
    return subject ? judgeLabel(spoken.slice(0, -subject.length), subject, opened) : undefined;
  }
  return judgeLabel(before, name, opened);
}
