// Finds one armoured block (PEM, OpenSSH, OpenPGP) in text as it stands in source code: with real or `\n`-escaped line
// ends, indented, quoted line by line, joined by spaces. Linear; callers bound the length.

export interface PemBlock {
  /** Such as `RSA PRIVATE KEY`. */
  readonly label: string;
  /** Header fields between the opener and the body, such as `Proc-Type: 4,ENCRYPTED`. */
  readonly fields: readonly string[];
  /** Body without white space and quotes; for OpenPGP without the checksum line. */
  readonly body: string;
  /** The four characters after `=` on the checksum line of OpenPGP. */
  readonly checksum: string | undefined;
  /** False when the end line is missing. */
  readonly isClosed: boolean;
}

/** Removes what a programming language puts around one line of text. */
function unwrapLine(line: string): string {
  let text = line.trim();
  // What is left of a line whose text ended before: the operator that joins strings, or a comment sign.
  if (/^(?:["'`]? ?[+,.;\\]?|\/\/|[#*>|]+)$/.test(text)) return '';
  const lead = /^(?:\/\/ |[#*>|]+ )?["'`]?/.exec(text);
  if (lead) text = text.slice(lead[0].length);
  // A closing quote may be followed by the operator that joins lines; a bare + belongs to base64.
  const quote = Math.max(text.lastIndexOf('"'), text.lastIndexOf("'"), text.lastIndexOf('`'));
  if (quote >= 0 && text.length - quote <= 4) text = text.slice(0, quote);
  return text.replace(/\\$/, '').trim();
}

/** @returns the first block of `text`; undefined without an opener */
export function readPemBlock(text: string): PemBlock | undefined {
  const plain = text
    .replaceAll(/\\{1,4}r/g, '')
    .replaceAll(/\\{1,4}[nt]/g, '\n')
    .replaceAll('\\/', '/');
  const opener = /-----BEGIN ([A-Z0-9 ]{1,60})-----/.exec(plain);
  if (!opener) return undefined;
  const rest = plain.slice(opener.index + opener[0].length);
  const end = rest.indexOf('-----');
  const lines = (end < 0 ? rest : rest.slice(0, end)).split(/[\r\n]/).map(unwrapLine);
  const fields = lines.filter((line) => /^[A-Za-z-]{1,40}: /.test(line));
  const bodyLines = lines.filter((line) => line !== '' && !fields.includes(line));
  const last = bodyLines.at(-1);
  const checksum = /^=([A-Za-z0-9+/]{4})$/.exec(last ?? '')?.[1];
  if (checksum !== undefined) bodyLines.pop();
  return {
    label: opener[1] ?? '',
    fields,
    body: bodyLines.join('').replaceAll(/[ \t]/g, ''),
    checksum,
    isClosed: end >= 0 && rest.startsWith(`-----END ${opener[1]}-----`, end),
  };
}
