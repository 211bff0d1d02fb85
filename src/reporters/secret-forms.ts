// The spellings in which a value may turn up in a report: as it is, escaped, or encoded. Used only to remove them.
// Values that are plain short words are left alone: see isWorthHiding.
import { Buffer } from 'node:buffer';

/** Shorter spellings are never looked for. */
export const MIN_FORM_LENGTH = 6;
/** Above this length (keys, certificates) only the value, its escaped form and its lines are looked for. */
const MAX_ENCODED_LENGTH = 512;
const MIN_LINE_LENGTH = 20;
const PLAIN_WORDS = /^[A-Za-z]+(?:[-_./ ][A-Za-z]+)*$/;

/**
 * False for values such as `postgres` or `test/data`: they stand in many paths and messages by chance, and a hole in
 * place of a common word would tell the reader what the value is.
 */
export function isWorthHiding(value: string): boolean {
  if (value.length < MIN_FORM_LENGTH) return false;
  return value.length >= 16 || !PLAIN_WORDS.test(value);
}

/** Base64 of the value wherever it starts inside a longer encoded text, without the characters shared with neighbours. */
function listBase64(bytes: Buffer): string[] {
  const whole = bytes.toString('base64').replace(/=+$/, '');
  const shifted = [1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const isTailShared = (bytes.length + shift) % 3 !== 0;
    return text.slice(shift + 1, isTailShared ? -1 : undefined);
  });
  return [whole, ...shifted];
}

function listEncoded(value: string): string[] {
  const wellFormed = value.replace(/\p{Cs}/gu, '\ufffd');
  const bytes = Buffer.from(wellFormed, 'utf8');
  const hex = bytes.toString('hex');
  const base64 = listBase64(bytes);
  const base64url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  const percent = encodeURIComponent(wellFormed);
  const strictPercent = percent.replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const lowerPercent = percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  return [hex, hex.toUpperCase(), ...base64, ...base64url, percent, strictPercent, lowerPercent, encodeURI(wellFormed)];
}

/** Values come from the detector as latin1; paths and messages are real Unicode. Both readings are looked for. */
function listReadings(value: string): string[] {
  if (!/[\x80-\xff]/.test(value) || /[^\0-\xff]/.test(value)) return [value];
  return [value, Buffer.from(value, 'latin1').toString('utf8')];
}

/** @returns the spellings of a value that must not be printed, without repeats; empty when it is not worth hiding */
export function listForms(value: string): string[] {
  const text = value.trim();
  if (!isWorthHiding(text)) return [];
  const forms = new Set<string>();
  for (const reading of listReadings(text)) {
    forms.add(reading);
    forms.add(JSON.stringify(reading).slice(1, -1));
    if (reading.length <= MAX_ENCODED_LENGTH) for (const form of listEncoded(reading)) forms.add(form);
    if (!/[\r\n]/.test(reading)) continue;
    for (const line of reading.split(/[\r\n]+/)) {
      const part = line.trim();
      if (part.length >= MIN_LINE_LENGTH && !part.startsWith('-----') && !part.includes(' ')) forms.add(part);
    }
  }
  return [...forms].filter((form) => form.length >= MIN_FORM_LENGTH);
}
