// The byte forms in which a value may stand in a text: as it is, escaped as in JSON, URL-encoded, base64 at each of the
// three offsets that the bytes before it can give, hex. Pure.
import { SHORTEST_VALUE } from './known-value.ts';

export interface ValueForm {
  /** Such as `base64`; '' for the value as it is. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** Every byte that a URL need not keep, in lower or upper hex. The value was read as UTF-8: it has no lone surrogates. */
function percentEncode(value: string, isLower: boolean): string {
  const encoded = encodeURIComponent(value).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return isLower ? encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()) : encoded;
}

/** Characters of base64 that the value alone decides, when `offset` bytes stand before it in their group of three. */
function base64At(value: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), value]).toString('base64');
  const first = Math.ceil((offset * 8) / 6);
  const end = Math.floor(((offset + value.length) * 8) / 6);
  return text.slice(first, end);
}

/** Forms without doubles, the plain one first. */
export function listForms(value: string): readonly ValueForm[] {
  const raw = Buffer.from(value, 'utf8');
  const base64 = [0, 1, 2].map((offset) => base64At(raw, offset));
  const texts: readonly (readonly [string, string])[] = [
    ['', value],
    ['with CRLF', value.replace(/\r?\n/g, '\r\n')],
    ['JSON', JSON.stringify(value).slice(1, -1)],
    ['JSON', JSON.stringify(value).slice(1, -1).replaceAll('/', '\\/')],
    ['URL-encoded', encodeURIComponent(value)],
    ['URL-encoded', percentEncode(value, false)],
    ['URL-encoded', percentEncode(value, true)],
    ['URL-encoded', percentEncode(value, false).replaceAll('%20', '+')],
    ...base64.map((text) => ['base64', text] as const),
    ...base64.map((text) => ['base64', text.replaceAll('+', '-').replaceAll('/', '_')] as const),
    ['hex', raw.toString('hex')],
    ['hex', raw.toString('hex').toUpperCase()],
  ];
  const forms = new Map<string, string>();
  for (const [name, text] of texts) {
    if (Buffer.byteLength(text) >= SHORTEST_VALUE && !forms.has(text)) forms.set(text, name);
  }
  return [...forms].map(([text, name]) => ({ name, bytes: Buffer.from(text, 'utf8') }));
}
