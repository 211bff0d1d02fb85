// How a value is assigned and what stands around it: quotes, operator, the line, the neighbours. Adds ids of
// generic-features.ts; no judgement. Looks only at the text of the assignment, which is bounded.
import type { PathKind } from '../util/path-kind.ts';
import type { Assignment } from './assignment.ts';
import type { TextTraits } from './chunk.ts';
import type { Feature } from './generic-features.ts';
import { IN_ADDRESS, SECOND } from './read-login.ts';

const ASSIGNS = String.raw`["'\]]?\s{0,4}(?:=>|[:=,(>])`;
const USER = new RegExp(`(?:user(?:[-_]?name)?|login|e?mail|account|uid|usr)${ASSIGNS}`, 'i');
const HOST = new RegExp(`(?:host(?:name)?|server|url|uri|endpoint|port|database|dbname|address)${ASSIGNS}`, 'i');
const SECRET = new RegExp(`(?:passw(?:or)?d|pwd|secret|token|api[-_]?key|access[-_]?key)${ASSIGNS}`, 'i');
const USER_ON_LINE = /user|login|admin|root|-u\s|email/i;
const TEST_AROUND = /\b(?:assert|expect|should|describe|it\(|test|mock|stub|fixture|Test)/;
const FORM_AROUND =
  /placeholder|<input|label|validat|<form|required|minlength|autocomplete|formControl|type=["']password/i;
const DIGEST_AROUND = /sha(?:1|256|512)|md5|digest|checksum|integrity|cipher|hmac|signature|vector/i;
/** `"expires_in": 3599`: up to a day in seconds. */
const SHORT_LIFE =
  /expires_?in["']?\s{0,4}[=:,]\s{0,4}["']?(?:\d{1,4}|[1-7]\d{4}|8[0-5]\d{3}|86[0-3]\d\d|86400)(?=\D)/i;
const USER_VALUE =
  /(?:user(?:[-_]?name)?|login|e?mail|account|uid|usr)["'\]]?\s{0,4}(?:=>|[:=,(>])\s{0,4}["'`]?([\w.@-]{3,40})/gi;
/** The user of an address, and the first of two arguments. */
const USER_BEFORE = /:\/\/([^\s:@/]{1,60}):$|["'`]([\w.@+-]{1,60})["'`]\s{0,24},\s{0,24}[@bruNL]{0,2}$/;
/** Who stands in examples. */
const STOCK_USER =
  /^(?:(?:my|your|some|the|a|test|db)?[-_.]?(?:user(?:[-_]?name)?|usr|login)|test(?:er|ing)?|foo|bar|demo|example|me|j(?:ohn|ane)?[-_.]?doe|john|jane|joe|alice|bob)\d{0,3}(?:@[\w.-]*)?$|@(?:example|test|domain|email|host)\./i;
const LOCAL_HOST = /\b(?:localhost|127\.0\.0\.1|0\.0\.0\.0|host\.docker\.internal)\b|\[::1\]/i;
/** RFC 2606, and words that stand for a host. */
const EXAMPLE_HOST =
  /\bexample\.(?:com|org|net)\b|\.(?:example|invalid|test)\b|@(?:(?:my|your|some)?[-_.]?(?:host(?:name)?|server|domain|ip|url|addr(?:ess)?|hst))(?=[:/\s"'`)]|$)/i;
const DOC_AROUND = /```|<code|<pre|::\s*$|\$ |^#{1,5} /m;

const COMMENT = /^\s*(?:\/\/|#|--|;|\*|\/\*|<!--|REM\b)|\s(?:\/\/|#)\s/;
const DECLARES =
  /\b(?:const|let|var|val|final|static|public|private|protected|readonly|string|String|char\*?|auto|def|define|my|our|local|set|SET|Dim|NSString)\b[\s\w<>*,:[\]@]*$/;
/** The last is openssl's `-passin pass:word`. */
const OPTION = /(?:^|[\s"'=])--?(?:[a-z][\w-]*)?$|\s-pass(?:in|out)?\s{1,3}$/i;
const QUERY = /[?&;]$|%26$|amp;$/i;
const EXPORT = /(?:^|\s)(?:export|ENV|ARG|setx?|SET|-e|env)\s+["']?$/;
const ASSERTS = /\b(?:assert\w*|expect\w*|should|equal\w*|toBe|verify|when|given)\b/i;
const SAYS =
  /\b(?:throw|raise|error|warn\w*|log\w*|print\w*|console|message|puts|echo|fmt|alert|title|label|description|help|usage)\b/i;
const FORM = /<input|placeholder|<label|formGroup|<option|getElement|querySelector|\$\(|find\(|byName|By\./i;
const READS =
  /getenv|environ|process\.env|getProperty|config\.get|\.get\(|fetch\(|lookup|getString|params\[|request\.|argv|getOption/i;
/** Functions that are given a name and its value. */
const SETS_PAIR =
  /(?:define|set\w*|put|add\w*|append|header|env|option|config|param\w*|property|with\w*|assign)\(\s*\\?["'`]?$/i;
/** Functions that are given a name and what holds without it: `os.environ.get('DB_PASSWORD', 'word')`. */
const READS_NAMED = /(?:get\w*|env\w*|fetch|property|setting|config|read\w*|lookup|default\w*)\(\s*\\?["'`]?$/i;
const LIST_ITEM = /^\s*-\s/;
const PROSE = /[A-Za-z]{2,} [a-z]{2,} [a-z]{2,} [^=:"']{0,20}$/;

function formFeature({ quote, operator }: Assignment, isCode: boolean, kind: PathKind): Feature {
  if (quote !== '' && (operator.includes('\\') || quote === '&')) return 'form:escaped';
  if (quote === '"') return 'form:double';
  if (quote === "'") return 'form:single';
  if (quote === '`') return 'form:backtick';
  if (isCode) return 'form:bare-code';
  return kind === 'docs' || kind === 'other' ? 'form:bare-text' : 'form:bare-config';
}

function operatorFeature({ operator, before }: Assignment): Feature {
  if (operator === IN_ADDRESS) return 'operator:address';
  if (operator === SECOND) return 'operator:second';
  const bare = operator
    .replace(/(?:bearer|basic|token)\s+$/i, '')
    .replace(/&(?:#\d+|#x\w+|quot|apos);|[\s"'`\\\])@]/g, '');
  if (/[=!]==?|=~|^!=/.test(bare) && /==|=~|!=/.test(bare)) return 'operator:compare';
  if (/value=/.test(bare)) return 'operator:attribute';
  if (bare.includes('%3D') || bare.includes('%3d')) return 'operator:percent';
  if (/=>|->/.test(bare)) return 'operator:arrow';
  if (bare.includes(':=')) return 'operator:walrus';
  if (/\|\||\?\?/.test(bare)) return 'operator:fallback';
  if (/^is/.test(bare)) return 'operator:is';
  if (bare.startsWith('(')) return 'operator:call';
  if (bare.startsWith(',')) {
    if (SETS_PAIR.test(before)) return 'operator:pair';
    return READS_NAMED.test(before) ? 'operator:fallback' : 'operator:comma';
  }
  if (bare.startsWith('>')) return 'operator:tag';
  if (bare.includes('=')) return 'operator:equals';
  return bare.includes(':') ? 'operator:colon' : 'operator:blank';
}

function readAfter(after: string, add: (feature: Feature) => void): void {
  if (/^\s*[+.%](?!\s*$)|^\s*(?:\|\||\?|&&|==|\|\s*["'])|^[([]/.test(after)) add('after:expression');
  else if (/^\\?["']?\s*,/.test(after)) add('after:comma');
  else if (/^\\?["']?\s*[)\]}]/.test(after)) add('after:close');
  else if (/^\\?["']?\s*(?:;|\r?\n|$|<)/.test(after)) add('after:end');
  else add('after:text');
}

function readBefore(before: string, name: string, add: (feature: Feature) => void): void {
  if (COMMENT.test(before) || /^\s*(?:\/\/|#|;|--|\*)\s*$/.test(before)) add('before:comment');
  if (DECLARES.test(before)) add('before:declares');
  if (name.startsWith('-') || OPTION.test(before)) add('before:option');
  if (QUERY.test(before)) add('before:query');
  const opened = before.replace(/\\["']/g, '');
  const doubles = opened.split('"').length - 1;
  const singles = opened.split("'").length - 1;
  if ((doubles % 2 === 1 && !/"$/.test(opened)) || (singles % 2 === 1 && !/'$/.test(opened))) add('before:string');
  if (EXPORT.test(before)) add('before:export');
  if (ASSERTS.test(before)) add('before:asserts');
  if (SAYS.test(before)) add('before:says');
  if (FORM.test(before)) add('before:form');
  if (READS.test(before)) add('before:reads');
  if (LIST_ITEM.test(before)) add('before:list-item');
  if (PROSE.test(before)) add('before:prose');
  if (/[.>]$/.test(before) || /^[\w$]+\.\w/.test(name)) add('before:property');
}

function readAround({ around, before, after, value }: Assignment, add: (feature: Feature) => void): void {
  if (USER.test(around) || USER.test(before) || USER.test(after)) add('near:user');
  if (HOST.test(around) || HOST.test(before) || HOST.test(after)) add('near:host');
  if (USER_ON_LINE.test(before) || USER_ON_LINE.test(after.split('\n', 1)[0]!)) add('near:same-line-user');
  if (SECRET.test(around)) add('near:secret');
  if (TEST_AROUND.test(around)) add('near:test');
  if (FORM_AROUND.test(around)) add('near:form');
  if (DIGEST_AROUND.test(around) || DIGEST_AROUND.test(before)) add('near:digest');
  if (DOC_AROUND.test(around)) add('near:doc');
  if (SHORT_LIFE.test(around) || SHORT_LIFE.test(after) || SHORT_LIFE.test(before)) add('near:short-life');
  for (const text of [around, before, after]) {
    for (const match of text.matchAll(USER_VALUE)) if (match[1] === value) return add('value:same-as-user');
  }
}

/** Whose password it is, and where: told by the address, or by the arguments of a call. */
function readLogin({ before, after, value }: Assignment, add: (feature: Feature) => void): void {
  const found = USER_BEFORE.exec(before);
  const user = found?.[1] ?? found?.[2] ?? '';
  if (user === value) add('value:same-as-user');
  if (STOCK_USER.test(user)) add('login:stock-user');
  const place = `${before}${after}`;
  if (LOCAL_HOST.test(place)) add('login:local-host');
  if (EXAMPLE_HOST.test(place)) add('login:example-host');
}

/** Adds how and where the value is assigned. */
export function readPlace(assignment: Assignment, traits: TextTraits, add: (feature: Feature) => void): void {
  const kind = traits.pathKind();
  const isCode = traits.isCode();
  // In an address there are no quotes around a password, whatever the file.
  if (assignment.operator !== IN_ADDRESS) add(formFeature(assignment, isCode, kind));
  add(operatorFeature(assignment));
  if (/basic\s+$/i.test(assignment.operator)) add('scheme:basic');
  else if (/(?:bearer|token)\s+$/i.test(assignment.operator)) add('scheme:bearer');
  readAfter(assignment.after, add);
  readBefore(assignment.before, assignment.name, add);
  readAround(assignment, add);
  if (assignment.operator === IN_ADDRESS || assignment.operator === SECOND) readLogin(assignment, add);
  add(`path:${kind}`);
}
