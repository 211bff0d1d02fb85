// The first look at a block of history: which lines may hold a command with a secret. One pass over the bytes of lines
// that were not seen before (line-memory.ts) hashes words of letters; a line with the name of a credential, or with a tool
// and one of its flags, is worth a second look.
// Passing over a line that a rule would report is a fault (prove-command-rules.ts asks); looking at one too many costs time.
import { compileForm } from './command-form.ts';
import type { CommandMatcher } from './command-rule.ts';
import { indexLines, type LineIndex } from './line-index.ts';
import { createLineMemory } from './line-memory.ts';
import { LONGEST_LINE } from './split-words.ts';

/** Parts of names of credentials: `MYSQL_ROOT_PASSWORD`, `--api-key`, `adminToken`. */
const TRIGGERS =
  'password passwd passphrase passcode passwort pass pwd pw pswd secret secrets token tokens apikey apitoken key auth ' +
  'authtoken authorization bearer credential credentials creds pat cookie requirepass rootpw userpw dbpass dbpassword webhook secure';

/** Offsets of lines that deserve a look, ascending. */
export type Prefilter = (bytes: Buffer, lines?: LineIndex) => readonly number[];

const LOWER = 1;
const UPPER = 2;
const LINE_BREAK = 3;
const AT_SIGN = 4;
const COLON = 5;
const TABLE_SIZE = 1 << 16;
const MAYBE_SIZE = 1 << 14;
const TRIGGER = 65_535;

function createClasses(): Uint8Array {
  const classes = new Uint8Array(256);
  for (let c = 0x61; c <= 0x7a; c++) classes[c] = LOWER;
  for (let c = 0x41; c <= 0x5a; c++) classes[c] = UPPER;
  classes[10] = LINE_BREAK;
  classes[0x40] = AT_SIGN;
  classes[0x3a] = COLON;
  // ksh and mksh end entries with NUL.
  classes[0] = LINE_BREAK;
  return classes;
}

const CLASSES = createClasses();

const hashOf = (word: string): number => {
  let hash = 0;
  for (let i = 0; i < word.length; i++) hash = (Math.imul(hash, 31) + word.charCodeAt(i)) | 0;
  return hash;
};

const slotOf = (hash: number): number => (hash ^ (hash >>> 15)) & (TABLE_SIZE - 1);

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

export function createPrefilter(rules: readonly CommandMatcher[]): Prefilter {
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
  const table = new Uint16Array(TABLE_SIZE);
  // The whole hash, so that a word of another tool in the same slot does not count.
  const hashes = new Int32Array(TABLE_SIZE);
  const patterns: (RegExp | undefined)[] = [undefined];
  const enter = (word: string, meaning: number): void => {
    const hash = hashOf(word);
    table[slotOf(hash)] = meaning;
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
    const isShared = table[slot] !== 0 && hashes[slot] !== hashOf(word);
    enter(word, TRIGGER);
    if (isShared) hashes[slot] = 0;
  }

  /** Words of other lengths and letters are ruled out here: a table that stays in the first cache. */
  const maybe = new Uint8Array(MAYBE_SIZE);
  for (let slot = 0; slot < TABLE_SIZE; slot++) if (table[slot] !== 0) maybe[slot & (MAYBE_SIZE - 1)] = 1;
  const meaningOf = (hash: number): number => {
    const slot = slotOf(hash);
    if (maybe[slot & (MAYBE_SIZE - 1)] === 0) return 0;
    return hashes[slot] === hash || hashes[slot] === 0 ? table[slot]! : 0;
  };
  const hasHint = (bytes: Buffer, start: number, end: number, tools: readonly number[]): boolean => {
    const line = bytes.toString('latin1', start, Math.min(end, start + LONGEST_LINE));
    return tools.some((tool) => patterns[tool]?.test(line) ?? true);
  };

  const found: number[] = [];
  const tools: number[] = [];
  /** One pass over the bytes of a line that hashes its words. NUL ends a line too. True when nothing was found. */
  const look = (bytes: Buffer, start: number, end: number): boolean => {
    const before = found.length;
    let lineStart = start;
    let hash = 0;
    let isLower = false;
    let isWanted = false;
    let hasScheme = false;
    // One step behind the end, as if a line break stood there.
    for (let i = start; i <= end; i++) {
      const c = i < end ? bytes[i]! : 0;
      const kind = CLASSES[c]!;
      if (kind === LOWER) {
        hash = (Math.imul(hash, 31) + c) | 0;
        isLower = true;
        continue;
      }
      if (hash !== 0 && (kind !== UPPER || isLower)) {
        const meaning = meaningOf(hash);
        if (meaning === TRIGGER) isWanted = true;
        else if (meaning !== 0 && !isWanted) tools.push(meaning);
        hash = 0;
      }
      isLower = false;
      if (kind === 0) continue;
      if (kind === UPPER) hash = (Math.imul(hash, 31) + (c | 0x20)) | 0;
      else if (kind === LINE_BREAK) {
        // A line that goes on.
        if (c === 10) continue;
        if (isWanted || (tools.length > 0 && hasHint(bytes, lineStart, i, tools))) found.push(lineStart);
        if (tools.length > 0) tools.length = 0;
        isWanted = false;
        hasScheme = false;
        lineStart = i + 1;
      } else if (kind === COLON) {
        if (bytes[i + 1] === 0x2f && bytes[i + 2] === 0x2f) hasScheme = true;
      } else if (hasScheme) isWanted = true;
    }
    return found.length === before;
  };
  const walk = createLineMemory(look);
  return (bytes, lines = indexLines(bytes)) => {
    walk(bytes, lines);
    return found.splice(0);
  };
}
