// Formats in which some bytes are written otherwise: zsh (metafied bytes, continuations), fish, PowerShell, nushell and
// libedit. Each decodes with an exact map.
import { type HistoryFormat, lineEnd, NEWLINE, readSeconds, trimLineBreak } from './history-format.ts';
import { identicalText, type MappedText, MappedTextBuilder } from './mapped-text.ts';

const BACKSLASH = 0x5c;
const META = 0x83;
const BACKTICK = 0x60;

/** Decodes [start, end): `step` handles what starts at a mark and says where it ends, or gives `at` when it is none. */
function decodeMarks(
  bytes: Buffer,
  start: number,
  end: number,
  nextMark: (from: number) => number,
  step: (builder: MappedTextBuilder, at: number) => number,
): MappedText {
  const first = nextMark(start);
  if (first < 0 || first >= end) return identicalText(bytes.subarray(start, end), start);
  const builder = new MappedTextBuilder(bytes, end - start);
  let copied = start;
  for (let mark = first; mark >= 0 && mark < end; ) {
    builder.copy(copied, mark);
    const after = step(builder, mark);
    copied = after;
    mark = nextMark(Math.max(after, mark + 1));
  }
  builder.copy(copied, end);
  return builder.build();
}

/** A cursor for the nearer of two marks, so that each is searched for once. */
function nearestOf(find: readonly ((from: number) => number)[]): (from: number) => number {
  const ahead = find.map(() => -2);
  return (from) => {
    let best = -1;
    for (const [i, search] of find.entries()) {
      if (ahead[i] !== -1 && ahead[i]! < from) ahead[i] = search(from);
      const at = ahead[i]!;
      if (at >= 0 && (best < 0 || at < best)) best = at;
    }
    return best;
  };
}

const CONTINUED = Buffer.from('\\\n');

function decodeZsh(bytes: Buffer, start: number, end: number): MappedText {
  // Searches end with the entry, not with the block.
  const view = bytes.subarray(0, end);
  const next = nearestOf([(from) => view.indexOf(META, from), (from) => view.indexOf(CONTINUED, from)]);
  return decodeMarks(bytes, start, end, next, (builder, at) => {
    if (bytes[at] === META) {
      if (at + 1 >= end) return at;
      builder.escape(at, at + 2, bytes[at + 1]! ^ 0x20);
      return at + 2;
    }
    // The backslash goes, the line break stays: a byte for a byte.
    builder.copy(at + 1, Math.min(end, at + 2));
    return at + 2;
  });
}

const EXTENDED = /^: *(\d{1,12}):\d+;/;

export function createZshFormat(): HistoryFormat {
  return {
    name: 'zsh',
    dialect: 'sh',
    needsWhole: false,
    lastStart: (bytes) => {
      for (let at = bytes.lastIndexOf(NEWLINE); at >= 0; at = at === 0 ? -1 : bytes.lastIndexOf(NEWLINE, at - 1)) {
        if (bytes[at - 1] !== BACKSLASH) return at + 1;
      }
      return 0;
    },
    nextEntry: (bytes, start) => {
      for (let end = lineEnd(bytes, start); ; end = lineEnd(bytes, end)) {
        if (end >= bytes.length || bytes[end - 2] !== BACKSLASH || end - 2 < start) return end;
      }
    },
    startsEntry: (bytes, at, entry) => bytes[at - 2] !== BACKSLASH || at - 2 < entry,
    openBytes: [BACKSLASH, BACKSLASH],
    decodeBlock: (bytes) => decodeZsh(bytes, 0, bytes.length),
    readEntry: (bytes, start, end) => {
      const head = EXTENDED.exec(bytes.toString('latin1', start, Math.min(end, start + 40)));
      const from = start + (head?.[0].length ?? 0);
      return {
        command: decodeZsh(bytes, from, trimLineBreak(bytes, from, end)),
        time: head ? Number(head[1]) : undefined,
      };
    },
  };
}

function decodeFish(bytes: Buffer, start: number, end: number): MappedText {
  // Searches end with the entry, not with the block.
  const view = bytes.subarray(0, end);
  const next = (from: number): number => view.indexOf(BACKSLASH, from);
  return decodeMarks(bytes, start, end, next, (builder, at) => {
    const letter = at + 1 < end ? bytes[at + 1] : undefined;
    if (letter !== BACKSLASH && letter !== 0x6e) return at;
    builder.escape(at, at + 2, letter === BACKSLASH ? BACKSLASH : NEWLINE);
    return at + 2;
  });
}

const FISH_ENTRY = Buffer.from('- cmd: ');
const FISH_NEXT = Buffer.from('\n- cmd: ');

/** Byte by byte: entries are short, and a call of Buffer's costs more than all of this. */
function isFishEntry(bytes: Buffer, at: number): boolean {
  for (let i = 0; i < FISH_ENTRY.length; i++) if (bytes[at + i] !== FISH_ENTRY[i]) return false;
  return true;
}

export function createFishFormat(): HistoryFormat {
  return {
    name: 'fish',
    dialect: 'fish',
    needsWhole: false,
    lastStart: (bytes) => bytes.lastIndexOf(FISH_NEXT) + 1,
    nextEntry: (bytes, start) => {
      for (let at = lineEnd(bytes, start); at < bytes.length; at = lineEnd(bytes, at)) {
        if (isFishEntry(bytes, at)) return at;
      }
      return bytes.length;
    },
    startsEntry: isFishEntry,
    mark: { byte: FISH_ENTRY[0]!, isAt: isFishEntry, isOptional: false },
    decodeBlock: (bytes) => decodeFish(bytes, 0, bytes.length),
    readEntry: (bytes, start, end) => {
      const isEntry = bytes.subarray(start, start + FISH_ENTRY.length).equals(FISH_ENTRY);
      const from = isEntry ? start + FISH_ENTRY.length : start;
      const to = isEntry ? Math.min(end, lineEnd(bytes, from)) : end;
      const when = bytes.indexOf('\n  when: ', Math.max(start, to - 1));
      return {
        command: decodeFish(bytes, from, trimLineBreak(bytes, from, to)),
        time: when >= 0 && when < end ? readSeconds(bytes, when + 9, end) : undefined,
      };
    },
  };
}

const TICKED = Buffer.from('`\n');
const TICKED_CR = Buffer.from('`\r\n');

function decodePowerShell(bytes: Buffer, start: number, end: number): MappedText {
  // Searches end with the entry, not with the block.
  const view = bytes.subarray(0, end);
  const next = nearestOf([(from) => view.indexOf(TICKED, from), (from) => view.indexOf(TICKED_CR, from)]);
  return decodeMarks(bytes, start, end, next, (builder, at) => {
    const newline = bytes[at + 1] === NEWLINE ? at + 1 : at + 2;
    builder.copy(newline, Math.min(end, newline + 1));
    return newline + 1;
  });
}

/** PSReadLine: a backtick at the end of a line continues it. */
export function createPowerShellFormat(): HistoryFormat {
  const isContinued = (bytes: Buffer, newline: number): boolean =>
    bytes[newline - 1] === BACKTICK || (bytes[newline - 1] === 13 && bytes[newline - 2] === BACKTICK);
  return {
    name: 'powershell',
    dialect: 'powershell',
    needsWhole: false,
    lastStart: (bytes) => {
      for (let at = bytes.lastIndexOf(NEWLINE); at >= 0; at = at === 0 ? -1 : bytes.lastIndexOf(NEWLINE, at - 1)) {
        if (!isContinued(bytes, at)) return at + 1;
      }
      return 0;
    },
    nextEntry: (bytes, start) => {
      for (let end = lineEnd(bytes, start); ; end = lineEnd(bytes, end)) {
        if (end >= bytes.length || !isContinued(bytes, end - 1)) return end;
      }
    },
    startsEntry: (bytes, at) => !isContinued(bytes, at - 1),
    openBytes: [BACKTICK, 13],
    decodeBlock: (bytes) => decodePowerShell(bytes, 0, bytes.length),
    readEntry: (bytes, start, end) => ({
      command: decodePowerShell(bytes, start, trimLineBreak(bytes, start, end)),
      time: undefined,
    }),
  };
}

const NU_BREAK = Buffer.from('<\\n>');

function decodeNushell(bytes: Buffer, start: number, end: number): MappedText {
  // Searches end with the entry, not with the block.
  const view = bytes.subarray(0, end);
  const next = (from: number): number => view.indexOf(NU_BREAK, from);
  return decodeMarks(bytes, start, end, next, (builder, at) => {
    if (at + 4 > end) return at;
    builder.escape(at, at + 4, NEWLINE);
    return at + 4;
  });
}

export function createNushellFormat(): HistoryFormat {
  return {
    name: 'nushell',
    dialect: 'sh',
    needsWhole: false,
    lastStart: (bytes) => bytes.lastIndexOf(NEWLINE) + 1,
    nextEntry: lineEnd,
    startsEntry: () => true,
    decodeBlock: (bytes) => decodeNushell(bytes, 0, bytes.length),
    readEntry: (bytes, start, end) => ({
      command: decodeNushell(bytes, start, trimLineBreak(bytes, start, end)),
      time: undefined,
    }),
  };
}

const isOctal = (byte: number | undefined): byte is number => byte !== undefined && byte >= 0x30 && byte <= 0x37;

/** Editline writes what is not plain as a backslash and three octal digits. */
function decodeLibedit(bytes: Buffer, start: number, end: number): MappedText {
  // Searches end with the entry, not with the block.
  const view = bytes.subarray(0, end);
  const next = (from: number): number => view.indexOf(BACKSLASH, from);
  return decodeMarks(bytes, start, end, next, (builder, at) => {
    const [a, b, c] = [bytes[at + 1], bytes[at + 2], bytes[at + 3]];
    if (at + 4 <= end && isOctal(a) && a <= 0x33 && isOctal(b) && isOctal(c)) {
      builder.escape(at, at + 4, ((a - 0x30) << 6) | ((b - 0x30) << 3) | (c - 0x30));
      return at + 4;
    }
    if (a !== BACKSLASH || at + 2 > end) return at;
    builder.escape(at, at + 2, BACKSLASH);
    return at + 2;
  });
}

export function createLibeditFormat(): HistoryFormat {
  return {
    name: 'libedit',
    dialect: 'text',
    needsWhole: false,
    lastStart: (bytes) => bytes.lastIndexOf(NEWLINE) + 1,
    nextEntry: lineEnd,
    startsEntry: () => true,
    decodeBlock: (bytes) => decodeLibedit(bytes, 0, bytes.length),
    readEntry: (bytes, start, end) => ({
      command: decodeLibedit(bytes, start, trimLineBreak(bytes, start, end)),
      time: undefined,
    }),
  };
}
