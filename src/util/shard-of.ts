// Which shard something belongs to: the same on every machine, whatever else is there.

/**
 * The shard of a path or another text.
 *
 * @returns 1 to count
 * @source FNV-1a over UTF-16 units, then the last steps of MurmurHash3, which spread it over all bits
 */
export function shardOfText(text: string, count: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (((hash ^ (hash >>> 16)) >>> 0) % count) + 1;
}

/** The shard of a git object; ids are as even as can be. @param id hex @returns 1 to count */
export function shardOfId(id: string, count: number): number {
  return (Number.parseInt(id.slice(0, 8), 16) % count) + 1;
}
