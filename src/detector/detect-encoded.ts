// Looks into encoded texts with a kernel of its own: what is found there is reported at what is written. Nested texts are
// decoded to a depth and within a budget, so that no input costs more than a multiple of its size.
import { type DecodedText, LONGEST_DECODED, NAME_BYTES, nest } from '../decoder/decoded-text.ts';
import { isOneValue, withName } from '../decoder/named-value.ts';
import { createKernel, type Kernel } from '../kernel/kernel.ts';
import type { Detection } from '../model/finding.ts';
import { hasOverlap, type Span } from '../model/span.ts';
import type { TextTraits } from './chunk.ts';
import type { RuleContext } from './rule-context.ts';
import { isGenericRule } from './rule-program.ts';

const DEEPEST = 3;
/** Bytes that are decoded, over all depths, for one written byte. */
const MOST_DECODED_SHARE = 32;

/** What the work on one window leaves to be done. */
export interface Outlook {
  readonly texts: readonly DecodedText[];
  /** Raw detections just outside the own range. */
  readonly foreign: readonly Detection[];
}

/** The work of createDetector on one window: what it finds is added to `context.found`. */
export type LookAt = (kernel: Kernel, context: RuleContext) => Outlook;

/**
 * Looks into the texts and puts what it finds into `context.found`, in place of the raw values there.
 *
 * @param foreign raw detections just outside the own range
 */
export type DetectEncoded = (
  context: RuleContext,
  foreign: readonly Detection[],
  texts: readonly DecodedText[],
) => void;

interface Unpacked {
  readonly detection: Detection;
  readonly depth: number;
}

interface Layer {
  readonly text: DecodedText;
  readonly depth: number;
}

/** In a document values may stand without quotes, whatever the file around it is. */
function documentTraits(traits: TextTraits): TextTraits {
  return { pathKind: () => traits.pathKind(), isCode: () => false, isBinary: traits.isBinary };
}

function moveOut(detection: Detection, text: DecodedText, baseOffset: number): Detection {
  const move = (span: Span): Span => {
    const { start, end } = text.writtenSpan(span);
    return { start: start + baseOffset, end: end + baseOffset };
  };
  return {
    ...detection,
    span: move(detection.span),
    reasons: [...detection.reasons, { step: 'decoded', text: `written as ${text.form}` }],
    parts: detection.parts.map((part) => ({ ...part, span: move(part.span) })),
  };
}

/** The kernel's order depends on where its blocks begin; what is found in two ways is reported as written in the plainer one. */
function compareTexts(a: DecodedText, b: DecodedText): number {
  return (
    Number(b.kind === 'document') - Number(a.kind === 'document') ||
    a.written.start - b.written.start ||
    a.written.end - b.written.end ||
    (a.form < b.form ? -1 : 1)
  );
}

/** True when the escaped value was found as it is written: whoever uses it decodes it, or it needs no decoding at all. */
function isKnown(detection: Detection, raw: readonly Detection[]): boolean {
  return isGenericRule(detection.ruleId) && raw.some((d) => d.span.start === detection.span.start);
}

export function createDetectEncoded(kernelTables: Uint8Array, lookAt: LookAt): DetectEncoded {
  let kernel: Kernel | undefined;
  let buffer: Buffer;

  function lookInside(text: DecodedText, outer: RuleContext): { found: Detection[]; texts: readonly DecodedText[] } {
    kernel ??= createKernel(kernelTables, LONGEST_DECODED);
    buffer ??= Buffer.from(kernel.input.buffer, kernel.input.byteOffset, kernel.input.byteLength);
    const { trace, chunk } = outer;
    const size = text.bytes.copy(buffer);
    const traits = text.kind === 'document' ? documentTraits(chunk.traits) : chunk.traits;
    const inner = { size, baseOffset: 0, ownStart: 0, ownEnd: size, traits };
    const context: RuleContext = {
      ...outer,
      buffer,
      chunk: inner,
      trace: trace && ((step) => trace({ ...step, position: chunk.baseOffset + text.written.start })),
      found: [],
    };
    const { texts } = lookAt(kernel, context);
    return { found: context.found, texts: texts.map((one) => withName(one, buffer)) };
  }

  /** Detections in the text and in what is nested in it. */
  function unpack(outermost: DecodedText, context: RuleContext): Unpacked[] {
    const found: Unpacked[] = [];
    const { start, end } = outermost.written;
    let budget = Math.min(2 * LONGEST_DECODED, MOST_DECODED_SHARE * (end - start));
    const layers: Layer[] = [{ text: outermost, depth: 1 }];
    // The list grows while it is walked: what is nested comes after its outer text.
    for (const { text, depth } of layers) {
      budget -= text.bytes.length;
      if (budget < 0) break;
      const inside = lookInside(text, context);
      const namesBefore = text.kind === 'escapes' ? NAME_BYTES : 0;
      const outer = inside.found.filter(({ span }) =>
        text.isHidden({ start: Math.max(0, span.start - namesBefore), end: span.end }),
      );
      const moved = outer.map((d) => ({ detection: moveOut(d, text, context.chunk.baseOffset), depth }));
      const nested =
        depth < DEEPEST ? inside.texts.filter((one) => text.isHidden(one.written)).map((one) => nest(one, text)) : [];
      found.push(...moved);
      layers.push(...nested.map((one) => ({ text: one, depth: depth + 1 })));
    }
    return found;
  }

  return (context, foreign, texts) => {
    const { buffer: window, chunk, found } = context;
    const { baseOffset, ownStart, ownEnd } = chunk;
    const isOwn = (at: number): boolean => at >= ownStart && at < ownEnd;
    const raw = [...found, ...foreign];
    const decoded: Unpacked[] = [];
    const replaced: Span[] = [];
    for (const text of [...texts].sort(compareTexts)) {
      const all = unpack(withName(text, window), context);
      const inside = text.kind === 'escapes' ? all.filter(({ detection }) => !isKnown(detection, raw)) : all;
      const startOf = ({ detection }: Unpacked): number =>
        text.kind === 'escapes' ? detection.span.start - baseOffset : text.written.start;
      decoded.push(...inside.filter((one) => isOwn(startOf(one))));
      if (text.kind !== 'document') replaced.push(...inside.map(({ detection }) => detection.span));
      else if (inside.length > 0 || isOneValue(text)) {
        const { start, end } = text.written;
        replaced.push({ start: start + baseOffset, end: end + baseOffset });
      }
    }
    if (replaced.length > 0) {
      const kept = found.filter((d) => !isGenericRule(d.ruleId) || !replaced.some((span) => hasOverlap(span, d.span)));
      found.splice(0, found.length, ...kept);
    }
    found.push(...decoded.sort((a, b) => a.depth - b.depth).map(({ detection }) => detection));
  };
}
