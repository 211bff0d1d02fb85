// File names in the headers of a unified diff: git's C quoting, its a/ and b/ prefixes, the time stamps of plain diff.
// Lines come as latin1 strings (one character a byte); the names go out as UTF-8 text.

const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, '\\': 92 };

function decodeUtf8(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}

/** Length of the quoted name at the start of `text`, with both quotes; 0 when it does not end. */
function quotedLength(text: string): number {
  for (let i = 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i + 1;
  }
  return 0;
}

/** Takes the bytes out of a C-quoted name, still latin1; a text without quotes is given back. */
function unquoteLatin1(text: string): string {
  if (!text.startsWith('"') || quotedLength(text) !== text.length) return text;
  return text
    .slice(1, -1)
    .replace(/\\(?:([0-3][0-7]{2})|([\s\S]))/g, (_, octal: string | undefined, letter: string) =>
      octal
        ? String.fromCharCode(Number.parseInt(octal, 8))
        : String.fromCharCode(ESCAPES[letter] ?? letter.charCodeAt(0)),
    );
}

/** The name that git's quoting stands for. @param text latin1: one character a byte. @source quote.c of git */
export function unquoteName(text: string): string {
  return decodeUtf8(unquoteLatin1(text));
}

/** The two sides of a file header, as written: latin1, unquoted, with prefixes. `/dev/null` is undefined. */
export interface NamePair {
  readonly oldName: string | undefined;
  readonly newName: string | undefined;
}

/** Name in a `--- ` or `+++ ` line (without the mark): up to the tab before the time stamp. */
export function parseSideName(rest: string): string | undefined {
  const text = rest.replace(/\r$/, '');
  const raw = text.startsWith('"') ? text.slice(0, quotedLength(text) || text.length) : (text.split('\t')[0] ?? '');
  const name = unquoteLatin1(raw);
  return name === '/dev/null' || name === '' ? undefined : name;
}

/** Splits what follows `diff --git `; two equal halves when the names are not quoted and hold blanks. */
export function parseGitHeader(rest: string): NamePair {
  const text = rest.replace(/\r$/, '');
  if (text.startsWith('"')) {
    const length = quotedLength(text);
    return { oldName: unquoteLatin1(text.slice(0, length)), newName: unquoteLatin1(text.slice(length + 1)) };
  }
  if (text.endsWith('"')) {
    const at = text.indexOf(' "');
    return { oldName: text.slice(0, at), newName: unquoteLatin1(text.slice(at + 1)) };
  }
  // Without a rename both names are the same behind a prefix of at most a few letters, so the blank is in the middle.
  const middle = (text.length - 1) / 2;
  if (text[middle] === ' ') {
    const [oldName, newName] = [text.slice(0, middle), text.slice(middle + 1)];
    if (withoutFirst(oldName) === withoutFirst(newName)) return { oldName, newName };
  }
  const at = text.indexOf(' ');
  return at < 0 ? { oldName: text, newName: text } : { oldName: text.slice(0, at), newName: text.slice(at + 1) };
}

function withoutFirst(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}

/** First letters that git (and people) put before names, such as a/ and b/ or, with mnemonicPrefix, i/ and w/. */
function prefixOf(name: string | undefined): string | undefined {
  return name === undefined ? undefined : /^([abciow12])\//.exec(name)?.[1];
}

/**
 * Removes the prefixes when both sides have one: different letters before the same name are prefixes, the same letter
 * twice is a folder. With one side only, a/ on the old or b/ on the new side counts as a prefix, as `patch -p1` has it.
 */
export function stripPrefixes(pair: NamePair): NamePair {
  const [oldPrefix, newPrefix] = [prefixOf(pair.oldName), prefixOf(pair.newName)];
  const hasBoth = pair.oldName !== undefined && pair.newName !== undefined;
  const isPrefixed = hasBoth
    ? oldPrefix !== undefined && newPrefix !== undefined && oldPrefix !== newPrefix
    : oldPrefix === 'a' || newPrefix === 'b';
  const finish = (name: string | undefined): string | undefined =>
    name === undefined ? undefined : decodeUtf8(isPrefixed ? withoutFirst(name) : name);
  return { oldName: finish(pair.oldName), newName: finish(pair.newName) };
}
