// Regular expressions of Go, RE2, Rust, Python and POSIX → JavaScript without flags. What JavaScript has no word for is
// refused with a reason, never guessed at: a wrong translation would hide findings or miss them.

/** The JavaScript source, or why there is none (a clause that follows "the expression"). */
export type Translation =
  | { readonly source: string; readonly ignoreCase: boolean; readonly fault?: undefined }
  | { readonly fault: string };

interface Flags {
  readonly ignoreCase: boolean;
  readonly dotAll: boolean;
}

const POSIX: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7f',
  blank: '\\t ',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};
const SPACE = '\\t\\n\\f\\r ';
const LONGEST = 8192;
/** Deeper nesting could exhaust the stack inside V8's compiler, which ends the process. */
const DEEPEST = 50;

class Untranslatable extends Error {}

function fail(why: string): never {
  throw new Untranslatable(why);
}

const isLetter = (sign: string): boolean => /^[A-Za-z]$/.test(sign);
const otherCase = (sign: string): string => (sign === sign.toLowerCase() ? sign.toUpperCase() : sign.toLowerCase());
const hex = (code: number): string => `\\x${code.toString(16).padStart(2, '0')}`;

/** Reads one escape at `at` (the back-slash): what it is in a class or outside, and where it ends. */
function readEscape(text: string, at: number, inClass: boolean): { readonly out: string; readonly end: number } {
  const sign = text[at + 1] ?? fail('ends in a back-slash');
  const end = at + 2;
  if (/[dDwW]/.test(sign)) return { out: `\\${sign}`, end };
  if (sign === 's') return { out: inClass ? SPACE : `[${SPACE}]`, end };
  if (sign === 'S') return { out: inClass ? '\\S' : `[^${SPACE}]`, end };
  if (/[nrtfv]/.test(sign)) return { out: `\\${sign}`, end };
  if (sign === 'a') return { out: '\\x07', end };
  if (sign === 'e') return { out: '\\x1b', end };
  const code = /^\\x(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{2}))/.exec(text.slice(at, at + 12));
  if (code) {
    const value = Number.parseInt(code[1] ?? code[2]!, 16);
    if (value > 0xff) fail('names a character above U+00FF');
    return { out: hex(value), end: at + code[0].length };
  }
  const octal = /^\\(0[0-7]{0,2})/.exec(text.slice(at, at + 4));
  if (octal) return { out: hex(Number.parseInt(octal[1]!, 8)), end: at + octal[0].length };
  if (/[1-9]/.test(sign)) fail('has a back-reference');
  if (/[A-Za-z]/.test(sign)) {
    if (!inClass && (sign === 'b' || sign === 'B')) return { out: `\\${sign}`, end };
    if (!inClass && sign === 'A') return { out: '^', end };
    if (!inClass && (sign === 'z' || sign === 'Z')) return { out: '$', end };
    fail(`has \\${sign}, which JavaScript does not know`);
  }
  // A back-slash before a sign that needs none would be a fault in a rule file's YAML only; it is kept where it may count.
  return { out: /[\\^$.*+?()[\]{}|/-]/.test(sign) ? `\\${sign}` : sign, end };
}

/** The other case of every letter between two signs. */
function foldRange(from: string, to: string): string {
  const fold = (low: number, high: number, shift: number): string => {
    const [a, b] = [Math.max(low, from.charCodeAt(0)), Math.min(high, to.charCodeAt(0))];
    return a > b ? '' : `${String.fromCharCode(a + shift)}-${String.fromCharCode(b + shift)}`;
  };
  return fold(65, 90, 32) + fold(97, 122, -32);
}

/** One character class from its `[` on. */
function readClass(text: string, at: number, foldCase: boolean): { readonly out: string; readonly end: number } {
  let i = at + 1;
  let out = '[';
  if (text[i] === '^') {
    out += '^';
    i++;
  }
  let isFirst = true;
  for (;;) {
    const sign = text[i] ?? fail('has a bracket that is not closed');
    if (sign === ']' && !isFirst) break;
    isFirst = false;
    const posix = /^\[:(\^?)([a-z]+):\]/.exec(text.slice(i, i + 14));
    if (posix) {
      const set = POSIX[posix[2]!];
      if (posix[1] === '^' || set === undefined) fail(`has ${posix[0]}`);
      out += foldCase && /^(?:lower|upper)$/.test(posix[2]!) ? 'A-Za-z' : set;
      i += posix[0].length;
      continue;
    }
    if (/^(?:&&|~~)/.test(text.slice(i, i + 2))) fail('combines character classes');
    if (sign === '\\') {
      const { out: escaped, end } = readEscape(text, i, true);
      out += escaped;
      i = end;
      continue;
    }
    const range = /^([^\\\]])-([^\\\]])/s.exec(text.slice(i, i + 3));
    if (range) {
      out += `${range[1] === '[' ? '\\[' : range[1]}-${range[2]}`;
      if (foldCase) out += foldRange(range[1]!, range[2]!);
      i += 3;
      continue;
    }
    out += sign === ']' || sign === '[' ? `\\${sign}` : sign;
    if (foldCase && isLetter(sign)) out += otherCase(sign);
    i++;
  }
  return { out: `${out}]`, end: i + 1 };
}

function changeFlags(flags: Flags, letters: string): Flags {
  let isOn = true;
  let next = flags;
  for (const letter of letters) {
    if (letter === '-') isOn = false;
    else if (letter === 'i') next = { ...next, ignoreCase: isOn };
    else if (letter === 's') next = { ...next, dotAll: isOn };
    else if (isOn) fail(`has the flag ${letter}, which has no counterpart`);
  }
  return next;
}

function translate(source: string, isFolded: boolean): string {
  let flags: Flags = { ignoreCase: false, dotAll: false };
  const outer: Flags[] = [];
  let out = '';
  for (let i = 0; i < source.length; ) {
    if (outer.length > DEEPEST) fail(`nests deeper than ${DEEPEST} groups`);
    const sign = source[i]!;
    const rest = source.slice(i, i + 80);
    const quoted = rest.startsWith('\\Q') ? /^\\Q(.*?)(?:\\E|$)/s.exec(source.slice(i)) : null;
    const group = /^\(\?([imsUxu]*-?[imsUxu]*)([:)])/.exec(rest);
    const named = /^\(\?P?<([A-Za-z_]\w*)>/.exec(rest);
    if (quoted) {
      for (const one of quoted[1]!) {
        out +=
          flags.ignoreCase && isFolded && isLetter(one)
            ? `[${one}${otherCase(one)}]`
            : one.replace(/[\\^$.*+?()[\]{}|]/, '\\$&');
      }
      i += quoted[0].length;
    } else if (sign === '\\') {
      const { out: escaped, end } = readEscape(source, i, false);
      out += escaped;
      i = end;
    } else if (sign === '[') {
      const { out: set, end } = readClass(source, i, flags.ignoreCase && isFolded);
      out += set;
      i = end;
    } else if (group && (group[2] === ')' ? group[1] !== '' : true)) {
      if (group[2] === ':') {
        outer.push(flags);
        out += '(?:';
      }
      flags = changeFlags(flags, group[1]!);
      i += group[0].length;
    } else if (named) {
      outer.push(flags);
      out += '(';
      i += named[0].length;
    } else if (rest.startsWith('(?#')) {
      i = source.indexOf(')', i) + 1 || fail('has a comment that is not closed');
    } else if (sign === '(') {
      if (rest.startsWith('(?') && !/^\(\?(?:[=!]|<[=!])/.test(rest))
        fail(`has a group of a kind that JavaScript does not know`);
      outer.push(flags);
      out += '(';
      i++;
    } else if (sign === ')') {
      flags = outer.pop() ?? fail('closes a group that is not open');
      out += ')';
      i++;
    } else {
      const repeat = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(rest);
      if (repeat && rest[repeat[0].length] === '+') fail('has a possessive repeat');
      if (repeat) out += repeat[0];
      else if (sign === '.') out += flags.dotAll ? '[\\s\\S]' : '.';
      else if (flags.ignoreCase && isFolded && isLetter(sign)) out += `[${sign}${otherCase(sign)}]`;
      else out += sign;
      i += repeat ? repeat[0].length : 1;
    }
  }
  if (outer.length > 0) fail('has a group that is not closed');
  return out;
}

/**
 * Translates one expression.
 *
 * @param mayFlag  true: `ignoreCase` may be set instead of writing out both cases, when it holds for the whole expression
 * @throws never, whatever the text is
 */
export function translateRegex(source: string, mayFlag = false): Translation {
  if (source.length > LONGEST) return { fault: `is longer than ${LONGEST} characters` };
  const isInsensitive = /^\(\?i\)/.test(source);
  const ignoreCase = mayFlag && isInsensitive && !/\(\?[a-zA-Z]*-?[a-zA-Z]*i[a-zA-Z]*[:)]/.test(source.slice(4));
  try {
    const js = translate(source, !ignoreCase);
    new RegExp(js);
    return { source: js, ignoreCase };
  } catch (error) {
    if (error instanceof Untranslatable) return { fault: error.message };
    if (error instanceof SyntaxError) return { fault: 'is no valid regular expression' };
    throw error;
  }
}
