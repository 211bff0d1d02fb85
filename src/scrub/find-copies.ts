// Looks for values in a file byte for byte, in blocks: a history may be as large as the memory that a scrub should need.
import { closeSync, fstatSync, openSync } from 'node:fs';
import type { Span } from '../model/span.ts';
import { readFully } from './file-beginning.ts';
import { findForms, type ValueForm } from './value-forms.ts';

const BLOCK_BYTES = 1 << 20;
/** Bytes before a form that findForms looks at. */
const BEFORE_BYTES = 4;

/**
 * Where forms of values stand in a file; spans may overlap.
 *
 * @returns [] too for what cannot be read (the check says why) or is gone
 */
export function findCopies(path: string, forms: readonly ValueForm[], blockBytes = BLOCK_BYTES): readonly Span[] {
  const longest = forms[0]?.bytes.length;
  if (longest === undefined) return [];
  const spans: Span[] = [];
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.allocUnsafeSlow(Math.min(size, BEFORE_BYTES + blockBytes + longest) + 1);
    for (let start = 0; start < size; start += blockBytes) {
      const from = Math.max(0, start - BEFORE_BYTES);
      const bytes = buffer.subarray(0, readFully(descriptor, buffer, from));
      // A form that begins behind the block is the next one's.
      for (const span of findForms(bytes, forms)) {
        const at = from + span.start;
        if (at >= start && at < start + blockBytes) spans.push({ start: at, end: from + span.end });
      }
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return [];
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
  return spans;
}
