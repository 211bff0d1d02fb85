// A set of object ids by their first 64 bits, in one typed array: a million ids are 16 MB and no strings. Two ids of one
// repository that share 64 bits do not occur by chance (1 in 10^7 for a million objects).

const EMPTY_ROOM = 2;

/** Built once from all ids; then only asked. */
export class IdSet {
  readonly #table: Uint32Array;
  readonly #mask: number;

  constructor(ids: Iterable<string>, count: number) {
    let slots = 16;
    while (slots < count * EMPTY_ROOM) slots *= 2;
    this.#table = new Uint32Array(slots * 2);
    this.#mask = slots - 1;
    for (const id of ids) this.#add(Number.parseInt(id.slice(0, 8), 16), Number.parseInt(id.slice(8, 16), 16));
  }

  #add(high: number, low: number): void {
    const at = this.#find(high, low);
    this.#table[at] = high;
    this.#table[at + 1] = low;
  }

  /** @returns where the id is, or where it would be. All zeros mark an empty slot: git's id of nothing. */
  #find(high: number, low: number): number {
    let slot = (high ^ low) & this.#mask;
    for (;;) {
      const at = slot * 2;
      const a = this.#table[at];
      const b = this.#table[at + 1];
      if ((a === high && b === low) || (a === 0 && b === 0)) return at;
      slot = (slot + 1) & this.#mask;
    }
  }

  /** @param at where the id starts in `bytes` */
  hasBytes(bytes: Uint8Array, at: number): boolean {
    const high = ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
    const low = ((bytes[at + 4]! << 24) | (bytes[at + 5]! << 16) | (bytes[at + 6]! << 8) | bytes[at + 7]!) >>> 0;
    return this.#table[this.#find(high, low)] === high && (high !== 0 || low !== 0);
  }

  has(id: string): boolean {
    const high = Number.parseInt(id.slice(0, 8), 16);
    const low = Number.parseInt(id.slice(8, 16), 16);
    return this.#table[this.#find(high, low)] === high && (high !== 0 || low !== 0);
  }
}
