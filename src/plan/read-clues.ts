// From the text around a value to clues: the name it is assigned to, the blocks around it, hosts, databases, users and
// names of vault entries nearby. Looks at text only; the value itself is blanked out before anything is read.
import { NO_CLUES, type PlaceClues } from './clues.ts';
import { findNearEnvironment } from './environments.ts';
import { findRegions } from './words.ts';

/** Lines looked at before and after for hosts and users, and for mentions of entries. */
const NEAR_LINES = 8;
const MENTION_LINES = 25;
const MOST_LINES_UP = 400;
const MOST_LINE = 2_000;

/** Where the value stands: lines and columns from 1, UTF-16 units, end exclusive. */
export interface ValuePlace {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

const NAME = String.raw`[A-Za-z_$][\w$.-]*`;
const BEFORE_VALUE: readonly RegExp[] = [
  // A call with a name and a value: define('API_KEY', ', setProperty("api.key", ", env.put("X", "
  new RegExp(String.raw`\(\s*["'\`](${NAME})["'\`]\s*,\s*["'\`]?$`),
  // os.environ["API_KEY"] = ", config['x'] =>, :api_key => "
  new RegExp(String.raw`\[\s*["'\`:]*(${NAME})["'\`]?\s*\]\s*(?:=>|:=|=|\|\|=|\?\?=)\s*(?:[rbuf]{0,2}["'\`])?$`),
  // <add key="AdminPassword" value=", name: "X", value: "
  new RegExp(
    String.raw`\b(?:key|name|Name|Key)\s*[=:]\s*["']?(${NAME})["']?[,\s]+["']?(?:value|Value)["']?\s*[=:]\s*["']?$`,
  ),
  // <password>
  new RegExp(String.raw`<(${NAME})(?:\s[^<>]*)?>\s*$`),
  // --api-key=, --token
  new RegExp(String.raw`(?:^|\s)--?(${NAME})[= ]\s*["']?$`),
  // const apiKey: string = ", "api_key": ", API_KEY=, api_key => ', x := "
  new RegExp(
    String.raw`["'\`]?(${NAME})["'\`]?\s*\]?\s*(?::\s*[\w<>\[\]|&.? ]{1,40}\s*=|=>|:=|\?\?=|\|\|=|\?=|[:=])\s*(?:!\w+\s+)?(?:[A-Za-z_.$:]{1,60}\(\s*)?(?:&?[rbufLN$@]{0,2}["'\`]{1,3})?(?:(?:Bearer|Basic|Token)\s+)?$`,
  ),
  // setApiKey(", withPassword('
  new RegExp(String.raw`(${NAME})\(\s*["'\`]$`),
];

/** Names that only say "the value of the block around". */
const EMPTY_NAMES = /^(?:value|val|default|data|text|string|content|id)$/i;

/** A URL that the value is a part of: what it is assigned to stands before it. */
const OPEN_URL = /[A-Za-z][\w+.:-]{1,40}:\/\/[^\s"'`]*$/;

function nameBefore(line: string): string | undefined {
  const before = line.replace(OPEN_URL, '');
  for (const pattern of BEFORE_VALUE) {
    const name = pattern.exec(before)?.[1];
    if (name !== undefined)
      return name.replace(/^-+/, '').replace(/^(?:this|self|cls|process\.env|env|os\.environ)\./, '');
  }
  return undefined;
}

const indentOf = (line: string): number => /^\s*/.exec(line)?.[0].replaceAll('\t', '    ').length ?? 0;

/** The name that a line opens a block with. */
function blockName(line: string): string | undefined {
  const text = line.trim();
  const resource =
    /^(?:resource|data|ephemeral|module|provider|variable|output)\s+"([^"]+)"(?:\s+"([^"]+)")?\s*\{/.exec(text);
  if (resource) return [resource[1], resource[2]].filter(Boolean).join(' ');
  const section = /^\[+\s*"?([\w .:/@-]+?)"?\s*\]+/.exec(text);
  if (section) return section[1];
  const code =
    /\b(?:class|interface|object|struct|module|namespace|def|func|function|fn|trait|enum)\s+(?:\([^)]*\)\s*)?([A-Za-z_]\w*)/.exec(
      text,
    );
  if (code) return code[1];
  // What stands behind must open a block: a key with a value of its own holds nothing.
  const key =
    /^(?:-\s+)?(?:(?:export|const|let|var|val|public|private|static|final|readonly)\s+)*["']?([A-Za-z_$][\w$./-]*)["']?\s*(?::=|=>|[:=(]|\{)(?:\s*|\s*[|>&].*|.*[{([]\s*)$/.exec(
      text,
    );
  if (key) return key[1];
  return /^<([A-Za-z][\w.-]*)[^>]*>$/.exec(text)?.[1];
}

/** Names of the blocks around a line, outermost first, by how far lines are indented. */
function blocksAround(lines: readonly string[], at: number): readonly string[] {
  const names: string[] = [];
  let indent = indentOf(lines[at] ?? '');
  // Keys of one item of a list are neighbours; what holds the list may stand as far left as the dash.
  if (/^\s*-\s/.test(lines[at] ?? '')) indent += 1;
  const stop = Math.max(0, at - MOST_LINES_UP);
  let hasSection = false;
  for (let i = at - 1; i >= stop; i--) {
    const line = lines[i] ?? '';
    if (line.trim() === '' || line.length > MOST_LINE) continue;
    if (!hasSection && /^\s*\[[^\]=]+\]\s*$/.test(line)) {
      hasSection = true;
      names.push(blockName(line) ?? '');
    }
    const item = /^\s*-\s+/.exec(line)?.[0].replaceAll('\t', '    ').length;
    if (item !== undefined && item >= indent) {
      indent = Math.min(indent, indentOf(line) + 1);
      continue;
    }
    if (indentOf(line) >= indent || /^\s*[)}\]]/.test(line)) continue;
    indent = indentOf(line);
    const name = blockName(line);
    if (name !== undefined && !/^\s*\[/.test(line)) names.push(name);
    if (indent === 0) break;
  }
  return names.filter((name) => name !== '' && !/^(?:if|for|while|switch|return|try|catch|else)$/.test(name)).reverse();
}

/** `- name: API_KEY` beside `value: …`, in either order, within the same item. */
function siblingName(lines: readonly string[], at: number): string | undefined {
  const indent = indentOf((lines[at] ?? '').replace(/^(\s*)-\s/, '$1  '));
  for (const step of [-1, 1]) {
    for (let i = at + step; i >= 0 && i < lines.length && Math.abs(i - at) <= 4; i += step) {
      const line = lines[i] ?? '';
      if (line.trim() === '') break;
      const isItem = /^\s*-\s/.test(line);
      if (indentOf(line.replace(/^(\s*)-\s/, '$1  ')) !== indent) break;
      const name = /^\s*(?:-\s+)?["']?(?:name|key|Name|Key|ParameterKey)["']?\s*[:=]\s*["']?([A-Za-z_][\w.-]*)/.exec(
        line,
      )?.[1];
      if (name !== undefined) return name;
      if (isItem && step === -1) break;
    }
  }
  return undefined;
}

const PAIR = String.raw`["']?\s*(?::=|=>|[:=])\s*["']?`;
const HOST_PAIR = new RegExp(
  String.raw`(?:host(?:name)?|server|endpoint|addr(?:ess)?|base_?url|url)${PAIR}([A-Za-z0-9][\w.-]*[A-Za-z0-9])(?![\w.-]|:\/\/)`,
  'gi',
);
const DATABASE_PAIR = new RegExp(
  String.raw`(?:data_?base|db_?name|dbname|initial catalog|schema|\bdb)${PAIR}([A-Za-z_][\w-]{1,62})`,
  'gi',
);
const USER_PAIR = new RegExp(
  String.raw`(?:user(?:_?name)?|login|user ?id|uid|account)${PAIR}([A-Za-z_][\w.@-]{1,62})`,
  'gi',
);
const URL =
  /\b[a-z][a-z0-9+.-]{1,20}:\/\/(?:([A-Za-z0-9_.-]+)(?::[^@\s/]*)?@)?([A-Za-z0-9][A-Za-z0-9.-]*)(?::\d+)?(?:\/([A-Za-z_][\w-]*))?/g;

const all = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].flatMap(([, name]) => (name === undefined ? [] : [name]));

const unique = (words: readonly string[]): readonly string[] => [...new Set(words)];

/** Quoted texts, and ARNs, that could name an entry. */
function listMentions(text: string): readonly string[] {
  const quoted = all(text, /["'`]([\w/+=.@:-]{3,300})["'`]/g);
  const arns = all(text, /(arn:aws[\w-]*:(?:secretsmanager|ssm):[\w-]*:\d*:(?:secret:|parameter\/)[\w/+=.@-]+)/g);
  const options = all(text, /(?:--secret-id|--name|SecretId|secretId|secret_id)[=:\s"']+([\w/+=.@:-]{3,300})/g);
  const resolved = all(text, /\{\{resolve:secretsmanager:([\w/+=.@-]{3,300})/g);
  return unique([...quoted, ...arns, ...options, ...resolved]);
}

/** Texts of comments in the lines right above. */
function commentsAbove(lines: readonly string[], at: number): readonly string[] {
  const found: string[] = [];
  for (let i = at - 1; i >= Math.max(0, at - 3); i--) {
    const comment = /^\s*(?:#|\/\/|--|;|\/?\*+|<!--)\s*(.*)$/.exec(lines[i] ?? '')?.[1];
    if (comment === undefined) break;
    found.push(comment.slice(0, 200));
  }
  return found;
}

/** Words in comments and settings right beside the value that could be names; the index decides. */
function listBareMentions(text: string): readonly string[] {
  return unique(all(text, /(?<![\w/+=.@:-])([\w/+=.@-]{6,256})/g).map((word) => word.replace(/[.:=]+$/, '')));
}

const ENGINES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:postgres(?:ql)?|psycopg\w*|pgx?|libpq)\b|jdbc:postgresql|\bPG(?:HOST|USER|PASSWORD)\b/i, 'postgres'],
  [/\b(?:mysql\w*|mysqli|pymysql)\b|jdbc:mysql/i, 'mysql'],
  [/\bmariadb\b/i, 'mariadb'],
  [/\boracle\b|jdbc:oracle|cx_oracle|\bsqlplus\b|\bIDENTIFIED BY\b/i, 'oracle'],
  [/\b(?:sqlserver|mssql)\b|jdbc:sqlserver|Initial Catalog|SqlConnection/i, 'sqlserver'],
  [/\bmongodb?(?:\+srv)?\b|MongoClient/i, 'mongodb'],
  [/\brediss?:|\bredis\b/i, 'redis'],
  [/\bamqps?:|\brabbitmq\b/i, 'rabbitmq'],
  [/\bkafka\b/i, 'kafka'],
  [/\bredshift\b/i, 'redshift'],
  [/\bsnowflake\b/i, 'snowflake'],
  [/\b(?:elasticsearch|opensearch)\b/i, 'elasticsearch'],
  [
    /\b(?:CREATE|ALTER) (?:USER|ROLE)\b|\bGRANT\b.*\bTO\b|connectionString|DriverManager|aws_db_instance|aws_rds_cluster/i,
    'database',
  ],
  [/\bsmtps?\b/i, 'smtp'],
  [/\bldaps?\b/i, 'ldap'],
  [/\bsftp\b/i, 'sftp'],
];

/**
 * Reads the clues at one place of a text.
 *
 * @param lines  the text of the file, line by line, without line ends
 * @returns clues without the value in them; NO_CLUES when the place is not in the text
 */
export function readClues(lines: readonly string[], place: ValuePlace): PlaceClues {
  const at = place.line - 1;
  const line = lines[at];
  if (line === undefined) return NO_CLUES;
  const before = line.slice(Math.max(0, place.column - 1 - 300), place.column - 1);
  const after = place.endLine === place.line ? line.slice(place.endColumn - 1, place.endColumn + 300) : '';
  const blanked = (i: number): string => {
    if (i < at || i > place.endLine - 1) return (lines[i] ?? '').slice(0, MOST_LINE);
    return i === at ? `${before}${after ? '\u0000' : ''}${after}` : '';
  };
  const textOf = (from: number, to: number): string => {
    const rows: string[] = [];
    for (let i = Math.max(0, from); i <= Math.min(lines.length - 1, to); i++) rows.push(blanked(i));
    return rows.join('\n');
  };
  const name = nameBefore(before);
  const variable = name === undefined || EMPTY_NAMES.test(name) ? (siblingName(lines, at) ?? name) : name;
  // The own line speaks first: neighbours may belong to another credential.
  const own = `${before}\u0000${after}`;
  const near = textOf(at - NEAR_LINES, at + NEAR_LINES);
  const ownUrls = [...own.replaceAll('\u0000', 'x').matchAll(URL)];
  const urls = ownUrls.length > 0 ? ownUrls : [...near.matchAll(URL)].slice(0, 3);
  const close = textOf(at - 2, place.endLine + 1);
  const enginesIn = (text: string): readonly string[] =>
    ENGINES.flatMap(([pattern, name]) => (pattern.test(text) ? [name] : []));
  const ownEngines = enginesIn(own);
  const pick = (pattern: RegExp): readonly string[] => {
    const here = all(own, pattern);
    return here.length > 0 ? here : all(near, pattern);
  };
  return {
    variable,
    keyPath: blocksAround(lines, at),
    hosts: unique([
      ...urls.flatMap(([, , host]) => host ?? []),
      ...(ownUrls.length > 0 ? all(own, HOST_PAIR) : pick(HOST_PAIR)),
    ]).slice(0, 6),
    databases: unique([
      ...ownUrls.flatMap(([whole, , , database]) =>
        database !== undefined && !/^https?:/.test(whole) ? [database] : [],
      ),
      ...pick(DATABASE_PAIR),
    ]).slice(0, 4),
    users: unique([...ownUrls.flatMap(([, user]) => user ?? []), ...pick(USER_PAIR)])
      .filter((user) => !/^(?:string|null|none|true|false|password|process|os|env)$/i.test(user))
      .slice(0, 4),
    engines: ownEngines.length > 0 ? ownEngines : enginesIn(close),
    mentions: unique([
      ...listMentions(textOf(at - MENTION_LINES, place.endLine - 1 + MENTION_LINES)),
      ...listBareMentions(close),
    ]).slice(0, 300),
    accounts: unique(
      all(textOf(at - MENTION_LINES, place.endLine - 1 + MENTION_LINES), /\barn:aws[\w-]*:[\w-]*:[\w-]*:(\d{12}):/g),
    ),
    beside: [own.replaceAll('\u0000', ' '), ...commentsAbove(lines, at)].join(' ').slice(0, 600),
    regions: findRegions(textOf(at - 6, place.endLine + 5)).slice(0, 3),
    near: findNearEnvironment([...Array(5).keys()].map((i) => blanked(at - 3 + i))),
  };
}
