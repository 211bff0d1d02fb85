// Histories with bytes that are no text between the entries: ksh93, mksh, and elvish's bolt database. The text of an
// entry is as it was typed; what lies between belongs to the entry as well, so that entries cover the file.
import { type HistoryFormat, NEWLINE } from './history-format.ts';
import { identicalText } from './mapped-text.ts';

const KSH_MARKER = 0x82;
const KSH_MARKER_BYTES = 6;

/** Where the text of a ksh entry starts: behind the file's head, padding and markers of six bytes. */
function kshText(bytes: Buffer, start: number): number {
  let at = start;
  if (at === 0 && bytes[0] === 0x81 && bytes[1] === 1) at = 2;
  for (;;) {
    if (bytes[at] === 0 && at < bytes.length) at++;
    else if (bytes[at] === KSH_MARKER && at % 2 === 0) at = Math.min(bytes.length, at + KSH_MARKER_BYTES);
    else return at;
  }
}

/** ksh93: entries end with a line break and NUL, padded to an even offset. Blocks are whole files: offsets matter. */
export function createKshFormat(): HistoryFormat {
  return {
    name: 'ksh',
    dialect: 'sh',
    needsWhole: true,
    lastStart: () => 0,
    nextEntry: (bytes, start) => {
      const nul = bytes.indexOf(0, kshText(bytes, start));
      if (nul < 0) return bytes.length;
      return bytes[nul + 1] === 0 ? nul + 2 : nul + 1;
    },
    decodeBlock: (bytes) => identicalText(bytes, 0),
    readEntry: (bytes, start, end) => {
      const from = Math.min(end, kshText(bytes, start));
      const nul = bytes.indexOf(0, from);
      let to = nul < 0 || nul > end ? end : nul;
      if (to > from && bytes[to - 1] === NEWLINE) to--;
      return { command: identicalText(bytes.subarray(from, to), from), time: undefined };
    },
  };
}

const MKSH_HEAD_BYTES = 5;

/** mksh: AB CD, then FF, a number of four bytes, the text, NUL. */
export function createMkshFormat(): HistoryFormat {
  const textStart = (bytes: Buffer, start: number): number => {
    const at = start === 0 && bytes[0] === 0xab && bytes[1] === 0xcd ? 2 : start;
    return Math.min(bytes.length, bytes[at] === 0xff ? at + MKSH_HEAD_BYTES : at);
  };
  return {
    name: 'mksh',
    dialect: 'sh',
    needsWhole: true,
    lastStart: () => 0,
    nextEntry: (bytes, start) => {
      const nul = bytes.indexOf(0, textStart(bytes, start));
      return nul < 0 ? bytes.length : nul + 1;
    },
    decodeBlock: (bytes) => identicalText(bytes, 0),
    readEntry: (bytes, start, end) => {
      const from = Math.min(end, textStart(bytes, start));
      const to = end > from && bytes[end - 1] === 0 ? end - 1 : end;
      return { command: identicalText(bytes.subarray(from, to), from), time: undefined };
    },
  };
}

const PAGE_HEADER_BYTES = 16;
const ELEMENT_BYTES = 16;
const LEAF = 2;
const BOLT_MAGIC = 0xed0cdaed;

/** True when the head is that of a bolt database (first meta page). */
export function isBolt(head: Buffer): boolean {
  return head.length >= 40 && head.readUInt32LE(16) === BOLT_MAGIC;
}

/** Values of keys of eight bytes on the leaf page at `page`: elvish numbers its commands so. Small buckets lie inline. */
function leafValues(bytes: Buffer, page: number, limit: number, out: { start: number; end: number }[]): void {
  if (page + PAGE_HEADER_BYTES > limit || bytes.readUInt16LE(page + 8) !== LEAF) return;
  const count = bytes.readUInt16LE(page + 10);
  for (let i = 0; i < count; i++) {
    const element = page + PAGE_HEADER_BYTES + i * ELEMENT_BYTES;
    if (element + ELEMENT_BYTES > limit) return;
    const isBucket = bytes.readUInt32LE(element) === 1;
    const keyAt = element + bytes.readUInt32LE(element + 4);
    const keySize = bytes.readUInt32LE(element + 8);
    const start = keyAt + keySize;
    const end = start + bytes.readUInt32LE(element + 12);
    if (end > bytes.length || end < start) continue;
    if (!isBucket && keySize === 8) out.push({ start, end });
    // A bucket of root 0 has its only page behind its head of 16 bytes.
    if (isBucket && end - start > 32 && bytes.readUInt32LE(start) === 0) leafValues(bytes, start + 16, end, out);
  }
}

/** Every command on every page, pages that are free again too: their text is still in the file. */
function boltCommands(bytes: Buffer): readonly { readonly start: number; readonly end: number }[] {
  if (!isBolt(bytes)) return [];
  const pageSize = bytes.readUInt32LE(24);
  if (pageSize < 512 || pageSize > 1 << 20) return [];
  const found: { start: number; end: number }[] = [];
  for (let page = pageSize * 2; page + PAGE_HEADER_BYTES <= bytes.length; page += pageSize) {
    leafValues(bytes, page, bytes.length, found);
  }
  const seen = new Set<number>();
  return found.sort((a, b) => a.start - b.start).filter(({ start }) => !seen.has(start) && seen.add(start));
}

/** @param whole the whole file */
export function createBoltFormat(whole: Buffer): HistoryFormat {
  const commands = boltCommands(whole);
  const firstBehind = (offset: number): number => {
    let low = 0;
    let high = commands.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (commands[middle]!.end > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return {
    name: 'bolt',
    dialect: 'sh',
    needsWhole: true,
    lastStart: () => 0,
    nextEntry: (bytes, start) => commands[firstBehind(start)]?.end ?? bytes.length,
    decodeBlock: (bytes) => identicalText(bytes, 0),
    readEntry: (bytes, start) => {
      const command = commands[firstBehind(start)] ?? { start, end: start };
      return { command: identicalText(bytes.subarray(command.start, command.end), command.start), time: undefined };
    },
  };
}
