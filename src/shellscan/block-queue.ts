// The way of blocks: a look at each is started, and the oldest is read when what was seen in it is there. Findings
// are handed on in the order of the blocks, so that one thread and many give the same.
import type { BlockScanner, HistoryRow } from './block-scanner.ts';

import type { BlockFindings, FoundItem, HistoryBlock } from './found-item.ts';
import type { LookPool } from './look-pool.ts';
import type { TextLook } from './text-look.ts';

/** Blocks that are usual: their memory is used again. */
export const BLOCK_BYTES = 1 << 20;

/** A block of which nothing has been decoded. @param bytes from take(), from its start */
export type RawBlock = Omit<HistoryBlock, 'text'>;

export interface BlockQueue {
  /** Memory for a block: the queue's when the block is added. */
  readonly take: (size: number) => Buffer;
  /** Ends when there is room for another block. @param onFound called in the order of add() and addRow() */
  readonly add: (block: RawBlock, onFound: (findings: BlockFindings) => void) => Promise<void>;
  readonly addRow: (row: HistoryRow, onItem: (item: FoundItem) => void) => void;
  /** Reads what is left. */
  readonly finish: () => Promise<void>;
}

/** Added and not handed on. */
interface Pending {
  readonly block: HistoryBlock;
  /** Its text for other threads. */
  readonly copy: Buffer | undefined;
  readonly look: Promise<TextLook> | TextLook;
  /** Called in turn with what was found. */
  readonly listeners: ((findings: BlockFindings) => void)[];
}

export function createBlockQueue(scanner: BlockScanner, pool: LookPool): BlockQueue {
  const pending: Pending[] = [];
  const free: Buffer[] = [];
  const take = (size: number): Buffer => (size === BLOCK_BYTES && free.pop()) || pool.take(size);
  const giveBack = (bytes: Buffer | undefined): void => {
    if (bytes?.buffer.byteLength === BLOCK_BYTES) free.push(Buffer.from(bytes.buffer));
  };

  /** A decoded text lies in memory of its own, which other threads do not see. */
  function copyToShare(bytes: Buffer): Buffer {
    const copy = take(Math.max(bytes.length, BLOCK_BYTES)).subarray(0, bytes.length);
    bytes.copy(copy);
    return copy;
  }

  function start(raw: RawBlock): Omit<Pending, 'listeners'> {
    const text = raw.format.decodeBlock(raw.bytes);
    const isShared = pool.ahead === 0 || text.bytes.buffer === raw.bytes.buffer;
    const copy = isShared ? undefined : copyToShare(text.bytes);
    return { block: { ...raw, text }, copy, look: pool.look(copy ?? text.bytes) };
  }

  async function readOldest(): Promise<void> {
    const { block, copy, look, listeners } = pending[0]!;
    const findings = scanner.scanBlock(block, await pool.wait(look));
    pending.shift();
    giveBack(block.bytes);
    giveBack(copy);
    for (const listener of listeners) listener(findings);
  }

  return {
    take,
    add: async (raw, onFound) => {
      pending.push({ ...start(raw), listeners: [onFound] });
      while (pending.length > pool.ahead) await readOldest();
    },
    addRow: (row, onItem) => {
      const items = scanner.scanRow(row, pool.lookHere(Buffer.from(row.text)));
      if (items.length === 0) return;
      const tell = (): void => {
        for (const item of items) onItem(item);
      };
      const last = pending.at(-1);
      if (last) last.listeners.push(tell);
      else tell();
    },
    finish: async () => {
      while (pending.length > 0) await readOldest();
    },
  };
}
