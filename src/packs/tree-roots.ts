// Which whole object each packed object is built on in the end. Objects of one delta tree must be read by one machine: the
// others would rebuild the tree for nothing.
import { asBuffer, idAt } from './hex-ids.ts';
import type { StoredPack } from './object-stores.ts';

/** Takes the id of an object and that of the root of its delta tree; the same for whole objects. */
export type RootSink = (id: string, root: string) => void;

/** Every object that can be read from the packs, each once. @cost one pass, one text an object */
export function listTreeRoots(packs: readonly StoredPack[], onRoot: RootSink): void {
  for (const { index, forest, repeated } of packs) {
    if (!forest) continue;
    const ids = asBuffer(index.bytes);
    const idOf = (number: number): string => idAt(ids, index.idStart, index.idStride, index.idBytes, number);
    const rootOf = new Uint32Array(forest.count);
    const rootIds = new Map<number, string>();
    // Bases come before what builds on them.
    for (const node of forest.order) {
      const parent = forest.parents[node] as number;
      const root = parent >= 0 ? (rootOf[parent] as number) : node;
      rootOf[node] = root;
      const number = forest.idNumbers[node] as number;
      if (repeated?.[number] === 1) continue;
      let rootId = rootIds.get(root);
      if (rootId === undefined) {
        rootId = idOf(forest.idNumbers[root] as number);
        rootIds.set(root, rootId);
      }
      onRoot(node === root ? rootId : idOf(number), rootId);
    }
  }
}
