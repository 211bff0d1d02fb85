// What the first look knows of the rules: names of credentials and of tools as hashes of words of letters, and for each tool
// what must stand in its line besides. A word that is two tools' or whose slot is shared counts for all of them: to look at
// a line too many costs time, to pass one over is a fault.
import type { LineTables } from '../kernel/line-walker.ts';
import { compileForm } from './command-form.ts';
import type { CommandMatcher } from './command-rule.ts';

/** Parts of names of credentials: `MYSQL_ROOT_PASSWORD`, `--api-key`, `adminToken`. */
const TRIGGERS =
  'password passwd passphrase passcode passwort pass pwd pw pswd secret secrets token tokens apikey apitoken key auth ' +
  'authtoken authorization bearer credential credentials creds pat cookie requirepass rootpw userpw dbpass dbpassword webhook secure';

/** Meaning of a word that makes its line wanted; other meanings are indices of `patterns`. */
export const TRIGGER = 65_535;
const TABLE_SIZE = 1 << 16;
const MAYBE_SIZE = 1 << 14;

export interface WordTables extends LineTables {
  /** By meaning: what must be in the line for the tool's rules; undefined: nothing. */
  readonly patterns: readonly (RegExp | undefined)[];
}

const hashOf = (word: string): number => {
  let hash = 0;
  for (let i = 0; i < word.length; i++) hash = (Math.imul(hash, 31) + word.charCodeAt(i)) | 0;
  return hash;
};

const slotOf = (hash: number): number => (hash ^ (hash >>> 15)) & (TABLE_SIZE - 1);

/** @param hash of a word: for each letter, in lower case, 31 times the hash so far and its code, as a 32-bit number */
export function meaningOf({ meanings, hashes, maybe }: LineTables, hash: number): number {
  const slot = slotOf(hash);
  if (maybe[slot & (MAYBE_SIZE - 1)] === 0) return 0;
  return hashes[slot] === hash || hashes[slot] === 0 ? meanings[slot]! : 0;
}

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Pattern sources of which one must be in the line for the rule; [] when the triggers see to it, [''] for always. */
function hintsOf(rule: CommandMatcher): readonly string[] {
  const subcommand = rule.after.at(-1)?.map(escapePattern).join('|');
  return rule.forms.flatMap((form): string[] => {
    const compiled = compileForm(form);
    if (compiled.kind === 'variable') return [];
    // A name of a credential stands before the value.
    if (form.includes('<name>')) return [];
    if (compiled.kind === 'stdin') return [subcommand === undefined ? '[|<]' : `\\b(?:${subcommand})\\b`];
    if (compiled.kind === 'position') {
      if (hasTrigger(form.replace(/<\w+>/g, ''))) return [];
      return [subcommand === undefined ? '' : `\\b(?:${subcommand})\\b`];
    }
    if (hasTrigger(form.replace(/<.*/s, ''))) return [];
    if (subcommand !== undefined) return [`\\b(?:${subcommand})\\b`];
    if (compiled.isBundled) return [`[\\s"']-\\w*${escapePattern(compiled.flag.slice(1))}`];
    return [`[\\s"']${escapePattern(compiled.flag)}${compiled.isAttached ? '\\S' : ''}`];
  });
}

const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean);

const TRIGGER_WORDS: ReadonlySet<string> = new Set(TRIGGERS.split(' '));
const hasTrigger = (name: string): boolean => wordsOf(name).some((word) => TRIGGER_WORDS.has(word));

/** Of a tool's name the longest word of letters: what the pass over the bytes meets. */
function keyOf(tool: string): string {
  return [...wordsOf(tool)].sort((a, b) => b.length - a.length)[0] ?? '';
}

export function createWordTables(rules: readonly CommandMatcher[]): WordTables {
  const hintsByKey = new Map<string, Set<string>>();
  for (const rule of rules) {
    const hints = hintsOf(rule);
    for (const tool of rule.tools) {
      if (tool === '*' || tool === '<url>' || hints.length === 0) continue;
      const key = keyOf(tool);
      const known = hintsByKey.get(key) ?? new Set();
      for (const hint of hints) known.add(hint);
      hintsByKey.set(key, known);
    }
  }
  const meanings = new Uint16Array(TABLE_SIZE);
  // The whole hash, so that a word of another tool in the same slot does not count.
  const hashes = new Int32Array(TABLE_SIZE);
  const patterns: (RegExp | undefined)[] = [undefined];
  const enter = (word: string, meaning: number): void => {
    const hash = hashOf(word);
    meanings[slotOf(hash)] = meaning;
    hashes[slotOf(hash)] = hash;
  };
  const sharing = new Map<number, { readonly words: string[]; readonly hints: Set<string> }>();
  for (const [key, hints] of hintsByKey) {
    const slot = slotOf(hashOf(key));
    const owner = sharing.get(slot) ?? { words: [], hints: new Set() };
    owner.words.push(key);
    for (const hint of hints) owner.hints.add(hint);
    sharing.set(slot, owner);
  }
  for (const { words, hints } of sharing.values()) {
    // A digit stands for every digit: lines that differ in digits only are judged once.
    const sources = [...hints].map((hint) => hint.replace(/\d/g, '\\d'));
    patterns.push(hints.has('') ? undefined : new RegExp(sources.join('|')));
    for (const word of words) enter(word, patterns.length - 1);
    // Two tools in one slot: the whole hash cannot tell them apart, so it is not asked.
    if (words.length > 1) hashes[slotOf(hashOf(words[0]!))] = 0;
  }
  // Names of variables that are set to a secret, whatever the command.
  for (const rule of rules) {
    for (const form of rule.forms) {
      const compiled = compileForm(form);
      if (compiled.kind === 'variable' && !hasTrigger(compiled.name)) addTrigger(keyOf(compiled.name));
    }
  }
  // Behind the letter of `-Dpassword=`, `-Ppassword=`, `-ePASSWORD=` too.
  for (const word of TRIGGER_WORDS) for (const start of ['', 'd', 'p', 'e']) addTrigger(start + word);

  function addTrigger(word: string): void {
    const slot = slotOf(hashOf(word));
    const isShared = meanings[slot] !== 0 && hashes[slot] !== hashOf(word);
    enter(word, TRIGGER);
    if (isShared) hashes[slot] = 0;
  }

  /** Words of other lengths and letters are ruled out here: a table that stays in the first cache. */
  const maybe = new Uint8Array(MAYBE_SIZE);
  for (let slot = 0; slot < TABLE_SIZE; slot++) if (meanings[slot] !== 0) maybe[slot & (MAYBE_SIZE - 1)] = 1;
  return { meanings, hashes, maybe, patterns };
}
