// Finds many given strings in many short texts at a cost that hardly depends on how many are given: each string is
// filed under a hash of six characters from its middle (fronts are shared: `ghp_`, `AKIA`), and a rolling hash walks
// over the text.
import { MIN_FORM_LENGTH } from './secret-forms.ts';

/** What stands in the place of a removed value. */
export const REDACTED = '[REDACTED]';

const WINDOW = MIN_FORM_LENGTH;
const BASE = 0x01000193;
const BASE_TO_WINDOW = Array.from({ length: WINDOW }).reduce<number>((power) => Math.imul(power, BASE), 1);

function hashWindow(text: string, start: number): number {
  let hash = 0;
  for (let i = start; i < start + WINDOW; i++) hash = (Math.imul(hash, BASE) + text.charCodeAt(i)) | 0;
  return hash;
}

function middleOf(form: string): number {
  return (form.length - WINDOW) >> 1;
}

/** Strings to remove, filed so that a text is walked over once. Grows by `add`. */
export class FormIndex {
  readonly #formsByHash = new Map<number, string[]>();

  /** @param form at least MIN_FORM_LENGTH characters; repeats are harmless */
  add(form: string): void {
    if (form.length < WINDOW) throw new RangeError(`form of ${form.length} characters, at least ${WINDOW} are needed`);
    const hash = hashWindow(form, middleOf(form));
    const filed = this.#formsByHash.get(hash);
    if (!filed) this.#formsByHash.set(hash, [form]);
    else if (!filed.includes(form)) filed.push(form);
  }

  /** @returns the text with every filed string replaced by REDACTED; overlapping ones by a single one */
  redact(text: string): string {
    if (text.length < WINDOW || this.#formsByHash.size === 0) return text;
    const spans = this.#findSpans(text);
    if (spans.length === 0) return text;
    spans.sort((a, b) => a.start - b.start);
    let out = '';
    let end = 0;
    for (const span of spans) {
      if (span.start >= end) out += text.slice(end, span.start) + REDACTED;
      end = Math.max(end, span.end);
    }
    return out + text.slice(end);
  }

  #findSpans(text: string): { start: number; end: number }[] {
    const spans: { start: number; end: number }[] = [];
    let hash = hashWindow(text, 0);
    for (let at = 0; ; at++) {
      for (const form of this.#formsByHash.get(hash) ?? []) {
        const start = at - middleOf(form);
        if (start >= 0 && text.startsWith(form, start)) spans.push({ start, end: start + form.length });
      }
      if (at + WINDOW >= text.length) return spans;
      const leaving = Math.imul(text.charCodeAt(at), BASE_TO_WINDOW);
      hash = (Math.imul(hash, BASE) + text.charCodeAt(at + WINDOW) - leaving) | 0;
    }
  }
}
