// The forms in which history files write one value, for the search for copies that stand where no rule looks: in another
// entry, in a temporary file, in a backup. Calls reveal(); the forms stay in memory and are never printed.
import type { Secret } from '../model/secret.ts';

/** Shorter values occur by chance: `admin` is a password in one command and a word in a hundred others. */
export const MIN_COPY_BYTES = 8;

const isWordByte = (byte: number | undefined): boolean =>
  byte !== undefined && /[A-Za-z0-9_]/.test(String.fromCharCode(byte));

/** As zsh writes text: 00 and 83 to A2 become 83 and the byte XOR 20. */
export function metafy(bytes: Uint8Array): Buffer {
  const out: number[] = [];
  for (const byte of bytes) {
    if (byte === 0 || (byte >= 0x83 && byte <= 0xa2)) out.push(0x83, byte ^ 0x20);
    else out.push(byte);
  }
  return Buffer.from(out);
}

/** JSON's escapes, as most writers choose them, and with everything that is not ASCII escaped. */
function jsonForms(value: string): readonly string[] {
  const plain = JSON.stringify(value).slice(1, -1);
  const ascii = plain.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [plain, plain.replaceAll('/', '\\/'), ascii];
}

/** A text that is looked for in files. */
export interface ValueForm {
  readonly bytes: Buffer;
  /** Counts as a copy only between bytes that are no letters, digits or `_`. */
  readonly needsEdges: boolean;
}

/**
 * Forms of values that are long and odd enough to be told from words of everyday.
 *
 * @returns longest first, each once
 */
export function listValueForms(secrets: readonly Secret[]): readonly ValueForm[] {
  const forms = new Map<string, ValueForm>();
  for (const secret of secrets) {
    const value = secret.reveal();
    if (!isTelling(value)) continue;
    const needsEdges = Buffer.byteLength(value) < 16;
    const texts = [value, value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n'), ...jsonForms(value)];
    const all = [...texts.map((text) => Buffer.from(text, 'utf8')), metafy(Buffer.from(value, 'utf8'))];
    for (const bytes of all) forms.set(bytes.toString('latin1'), { bytes, needsEdges });
  }
  return [...forms.values()].sort((a, b) => b.bytes.length - a.bytes.length);
}

/** Long enough, and of two kinds of characters at least. */
function isTelling(value: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(value)).length;
  return Buffer.byteLength(value) >= MIN_COPY_BYTES && kinds >= 2;
}

const DASH = 0x2d;

/** `-pVALUE`: a letter before the value that is no part of a word. */
function isOptionBefore(bytes: Buffer, at: number): boolean {
  return bytes[at - 2] === DASH && !isWordByte(bytes[at - 3]) && bytes[at - 3] !== DASH;
}

/** Offsets at which each form starts, one search a form: right for a few of them. */
function* searchEach(bytes: Buffer, forms: readonly ValueForm[]): Generator<readonly [at: number, form: ValueForm]> {
  for (const form of forms) {
    for (let at = bytes.indexOf(form.bytes); at >= 0; at = bytes.indexOf(form.bytes, at + 1)) yield [at, form];
  }
}

/** What one pass goes by. */
interface FormTables {
  /** By the first three bytes of a form, a bit each. */
  readonly starts: Uint8Array;
  /** By its first eight. */
  readonly byHead: ReadonlyMap<string, readonly ValueForm[]>;
}

/** One for all files: 2 MB each. */
const TABLES = new WeakMap<readonly ValueForm[], FormTables>();

function tablesOf(forms: readonly ValueForm[]): FormTables {
  const known = TABLES.get(forms);
  if (known) return known;
  const starts = new Uint8Array(1 << 21);
  const byHead = new Map<string, ValueForm[]>();
  for (const form of forms) {
    const head = form.bytes.toString('latin1', 0, MIN_COPY_BYTES);
    byHead.set(head, [...(byHead.get(head) ?? []), form]);
    const start = form.bytes.readUIntBE(0, 3);
    starts[start >> 3]! |= 1 << (start & 7);
  }
  const tables = { starts, byHead };
  TABLES.set(forms, tables);
  return tables;
}

/** The same in one pass, whatever their number: a table of the first three bytes, then the first eight by name. */
function* searchTogether(
  bytes: Buffer,
  forms: readonly ValueForm[],
): Generator<readonly [at: number, form: ValueForm]> {
  const { starts, byHead } = tablesOf(forms);
  let recent = 0;
  for (let i = 0; i < bytes.length; i++) {
    recent = ((recent << 8) | bytes[i]!) & 0xffffff;
    if (((starts[recent >> 3]! >> (recent & 7)) & 1) === 0 || i < 2) continue;
    const at = i - 2;
    for (const form of byHead.get(bytes.toString('latin1', at, at + MIN_COPY_BYTES)) ?? []) {
      if (form.bytes.equals(bytes.subarray(at, at + form.bytes.length))) yield [at, form];
    }
  }
}

/** From here on one pass is quicker (measured with 16-byte values in 100 MB). */
const MANY_FORMS = 8;

/** Where forms occur in bytes; spans may overlap. */
export function findForms(
  bytes: Buffer,
  forms: readonly ValueForm[],
  isOnePass = forms.length > MANY_FORMS,
): readonly { readonly start: number; readonly end: number }[] {
  const spans: { start: number; end: number }[] = [];
  for (const [at, { bytes: form, needsEdges }] of (isOnePass ? searchTogether : searchEach)(bytes, forms)) {
    const end = at + form.length;
    const goesOn = isWordByte(form.at(-1)) && isWordByte(bytes[end]);
    const isInside = goesOn || (isWordByte(form[0]) && isWordByte(bytes[at - 1]) && !isOptionBefore(bytes, at));
    if (!needsEdges || !isInside) spans.push({ start: at, end });
  }
  return spans;
}
