// Which entries of the vault a text names, and on which line. Pure; looks at text alone and knows no index: whether the
// entries are there is the question of check-references.ts.
import type { VaultStore } from '../model/vault.ts';
import { dropRandomTail } from './parse-arn.ts';
import { REFERENCE_PATTERNS, type ReferencePattern } from './reference-patterns.ts';

export interface VaultReference {
  readonly store: VaultStore;
  /** Name of the entry; `*` where the code puts something in. Of an ARN: with its random tail, see `isArn`. */
  readonly name: string;
  readonly isArn: boolean;
  /** From an ARN; undefined when it is not written out. */
  readonly region: string | undefined;
  readonly account: string | undefined;
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** Kind of place, such as `sdk`, `terraform`, `arn`. */
  readonly how: string;
  /** The code makes the entry. */
  readonly isDefinition: boolean;
  /** False: may mean something else. */
  readonly isSure: boolean;
}

/** Files above this are data, not code that names entries. */
export const LARGEST_CODE_FILE = 2 * 1024 * 1024;

/** A file without one of these names no entry; most files end here. */
const WAKE_UP =
  /secrets[-_ ]?manager|secret-?id|ExternalSecret|SecretProviderClass|:ssm:|\bssm\b|aws_ssm_|parameterstore|GetParameter|get_parameter|StringParameter|SecretCache|secret_cache|powertools/i;

/** A saved list of names (--names) in the tree: it names every entry, and is no code. */
const LISTING = /"(?:SecretList|SecretVersionsToStages|LastChangedDate)"\s{0,4}:/;

const ARN =
  /\barn:(?:aws[a-z-]{0,12}|\*):(?<service>secretsmanager|ssm):(?<region>[a-z0-9-]{0,25}|\*):(?<account>\d{12}|\*|):(?:secret:|parameter(?=\/))(?<text>[A-Za-z0-9/_+=.@!*?-]{1,600})/g;
const SERVERLESS = /\$\{ssm:(?<text>[^}~\n]{1,512})\}/g;

const NAME = /^[A-Za-z0-9/_+=.@!*-]{1,512}$/;
/** What stands in examples and templates for a name to be filled in. */
const STAND_IN =
  /^(?:\W*|(?:your|my|the)?[-_/]?secret[-_]?(?:name|id|arn)|<.*>|x{3,}|example|string|name|id|none|null|true|false|undefined|self)$/i;

/** Blanks out what code puts in at run time, without moving anything to another line. */
function maskInsertions(text: string): string {
  return text.replace(/\$\{[^}\n]{0,200}\}|#\{[^}\n]{0,200}\}/g, '*');
}

/** `{name}`, `%s`, `$NAME`, `<stage>` inside a literal. */
function maskPlaceholders(name: string): string {
  return name.replace(/\{[^{}]{0,80}\}|%[sdv]|\$[A-Za-z_]\w{0,60}|<[^<>]{1,60}>/g, '*').replace(/\*{2,}/g, '*');
}

function readName(raw: string): string | undefined {
  const name = maskPlaceholders(raw.trim());
  if (!NAME.test(name) || STAND_IN.test(name)) return undefined;
  // A star alone, or with one sign, would fit every entry.
  return !name.includes('*') || name.replace(/[^A-Za-z0-9]/g, '').length >= 2 ? name : undefined;
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not encoded, or wrongly: the text stands for itself.
    return text;
  }
}

/** Offsets of line starts → line of an offset, from 1. */
function createLineFinder(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

const ASSIGNED =
  /(?<![\w$.])(?<name>[A-Za-z_$][\w$]{2,60})(?:\s{0,3}:\s{0,3}[\w&[\]. ]{1,30})?\s{0,3}:?=\s{0,3}[frubFRUB@$]{0,2}(["'`])(?<text>[^"'`\n]{1,512})\2/g;

/** The texts that variables of a file are given first, as in `secret_name = "prod/db"`. */
function readVariables(text: string): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const { groups } of text.matchAll(ASSIGNED)) {
    const { name, text: value } = groups ?? {};
    if (name !== undefined && value !== undefined && !variables.has(name)) variables.set(name, value);
  }
  return variables;
}

interface Match {
  readonly raw: string;
  readonly offset: number;
}

/** The texts of one match of a pattern, with where they start. */
function* readMatch(
  match: RegExpExecArray,
  { separator }: ReferencePattern,
  lookUp: (variable: string) => string | undefined,
): Generator<Match> {
  const { text: bare, literal, variable, plus } = match.groups ?? {};
  const at = (part: string): number => match.index + Math.max(0, match[0].lastIndexOf(part));
  if (literal !== undefined) yield { raw: plus === undefined ? literal : `${literal}*`, offset: at(literal) };
  if (variable !== undefined) {
    const raw = lookUp(variable);
    if (raw !== undefined) yield { raw, offset: at(variable) };
  }
  if (bare === undefined) return;
  let offset = at(bare);
  for (const piece of separator ? bare.split(separator) : [bare]) {
    // `ALIAS, name` of the GitHub action.
    const name = piece.slice(piece.indexOf(',') + 1);
    if (name.trim() !== '') yield { raw: name, offset };
    offset += piece.length + 1;
  }
}

/** What a bare name does not tell. */
const PLAIN = { isArn: false, region: undefined, account: undefined } as const;

type Found = Omit<VaultReference, 'path' | 'line'> & { readonly offset: number };

function* findArns(text: string): Generator<Found> {
  for (const match of text.matchAll(ARN)) {
    const { service, region = '', account = '', text: resource = '' } = match.groups ?? {};
    if (readName(dropWildcardTail(resource)) === undefined) continue;
    yield {
      store: service === 'ssm' ? 'parameter-store' : 'secrets-manager',
      name: resource,
      isArn: true,
      region: region === '*' || region === '' ? undefined : region,
      account: account === '*' || account === '' ? undefined : account,
      how: 'arn',
      isDefinition: false,
      isSure: true,
      offset: match.index,
    };
  }
}

function* findNames(text: string): Generator<Found> {
  let variables: ReadonlyMap<string, string> | undefined;
  const lookUp = (variable: string): string | undefined => {
    variables ??= readVariables(text);
    return variables.get(variable);
  };
  for (const pattern of REFERENCE_PATTERNS) {
    if (pattern.needs && !pattern.needs.test(text)) continue;
    for (const match of text.matchAll(pattern.pattern)) {
      for (const { raw, offset } of readMatch(match, pattern, lookUp)) {
        const name = readName(pattern.how === 'agent' ? decodePercent(raw) : raw);
        if (name === undefined) continue;
        const { store, how, isDefinition = false, isSure = true } = pattern;
        yield { ...PLAIN, store, name, how, isDefinition, isSure, offset };
      }
    }
  }
}

function* findServerless(text: string): Generator<Found> {
  for (const match of text.matchAll(SERVERLESS)) {
    const raw = match.groups?.text ?? '';
    const name = readName(raw.replace(/^\/aws\/reference\/secretsmanager\//, ''));
    if (name === undefined) continue;
    const store = raw.startsWith('/aws/reference/secretsmanager/') ? 'secrets-manager' : 'parameter-store';
    yield { ...PLAIN, store, name, how: 'serverless', isDefinition: false, isSure: true, offset: match.index };
  }
}

/** Policies end an ARN in `-??????` or `-*` for the random tail. */
export function dropWildcardTail(resource: string): string {
  return resource.replace(/-?\?{6}$|-\*$/, '');
}

/** The names that an ARN's resource may stand for: without its tail, and as it is, for ARNs that were written without. */
export function namesOfArn(resource: string): readonly string[] {
  const plain = dropWildcardTail(resource);
  return [...new Set([plain === resource ? dropRandomTail(resource) : plain, plain])];
}

/**
 * All entries that a text names, each name once a line, in the order of lines.
 *
 * @param path  for the result, not looked at
 * @cost some regular expressions with bounded repetition; texts without a word of AWS cost one
 */
export function findReferences(text: string, path: string): readonly VaultReference[] {
  if (!WAKE_UP.test(text) || LISTING.test(text)) return [];
  const masked = maskInsertions(text);
  const found = [...findArns(masked), ...findNames(masked)];
  const lineOf = createLineFinder(masked);
  const lineOfText = createLineFinder(text);
  const all = [
    ...found.map(({ offset, ...rest }) => ({ ...rest, path, line: lineOf(offset) })),
    ...[...findServerless(text)].map(({ offset, ...rest }) => ({ ...rest, path, line: lineOfText(offset) })),
  ];
  const unique = new Map<string, VaultReference>();
  for (const one of all) {
    const key = `${one.line}\0${one.store}\0${one.name}`;
    const known = unique.get(key);
    // What makes the entry says more than what may only mention it.
    if (!known || (one.isDefinition && !known.isDefinition) || (one.isSure && !known.isSure)) unique.set(key, one);
  }
  return [...unique.values()].sort((a, b) => a.line - b.line || (a.name < b.name ? -1 : 1));
}
