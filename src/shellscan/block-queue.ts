// The way of blocks: the detector is started with each, and the oldest is looked at when its detections are there. Findings
// are handed on in the order of the blocks, so that one thread and many give the same.
import type { Detection } from '../model/finding.ts';
import type { BlockScanner, HistoryRow } from './block-scanner.ts';
import type { DetectPool } from './detect-pool.ts';
import type { BlockFindings, FoundItem, HistoryBlock } from './found-item.ts';

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
  /** Looks at what is left. */
  readonly finish: () => Promise<void>;
}

/** Added and not handed on. */
interface Pending {
  readonly block: HistoryBlock;
  readonly detections: Promise<readonly Detection[]> | readonly Detection[];
  /** Called in turn with what was found. */
  readonly listeners: ((findings: BlockFindings) => void)[];
}

export function createBlockQueue(scanner: BlockScanner, pool: DetectPool): BlockQueue {
  const pending: Pending[] = [];
  const free: Buffer[] = [];
  const take = (size: number): Buffer => (size === BLOCK_BYTES && free.pop()) || pool.take(size);
  const giveBack = (bytes: Buffer): void => {
    if (bytes.buffer.byteLength === BLOCK_BYTES) free.push(Buffer.from(bytes.buffer));
  };

  function start(raw: RawBlock): Pick<Pending, 'block' | 'detections'> {
    const text = raw.format.decodeBlock(raw.bytes);
    const { bytes } = text;
    const isShared = pool.ahead === 0 || bytes.buffer === raw.bytes.buffer;
    const shared = isShared ? bytes : pool.take(bytes.length);
    if (!isShared) bytes.copy(shared);
    return { block: { ...raw, text }, detections: pool.detect(shared) };
  }

  async function lookAtOldest(): Promise<void> {
    const { block, detections, listeners } = pending[0]!;
    const findings = scanner.scanBlock(block, await detections);
    pending.shift();
    giveBack(block.bytes);
    for (const listener of listeners) listener(findings);
  }

  return {
    take,
    add: async (raw, onFound) => {
      pending.push({ ...start(raw), listeners: [onFound] });
      while (pending.length > pool.ahead) await lookAtOldest();
    },
    addRow: (row, onItem) => {
      const items = scanner.scanRow(row, pool.detectHere(Buffer.from(row.text)));
      if (items.length === 0) return;
      const tell = (): void => {
        for (const item of items) onItem(item);
      };
      const last = pending.at(-1);
      if (last) last.listeners.push(tell);
      else tell();
    },
    finish: async () => {
      while (pending.length > 0) await lookAtOldest();
    },
  };
}
