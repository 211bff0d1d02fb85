// The file .unleak-baseline (design section 4) ↔ Baseline. Text, one entry a line, sorted, nothing of the run in it, so that
// git's union driver merges the additions of two branches: order and repeated lines do not matter on reading.
import { ConfigError } from '../model/errors.ts';
import { BASELINE_VERSION, type Baseline, type BaselineEntry, tidyEntries } from './baseline.ts';
import { formatEntry, parseEntry } from './baseline-text.ts';
import { type FingerprintKey, keyCheckValue, keyFromHex, keyToHex } from './fingerprint.ts';

const TITLE =
  '# Known findings of unleak. Edit reason=, owner= and until= only. In .gitattributes: .unleak-baseline merge=union';

/** Gives the key that is kept outside; called only when the header says so. @throws ConfigError when there is none */
export type ExternalKey = () => FingerprintKey;

type Header = Map<'version' | 'key' | 'key-check', { readonly value: string; readonly line: number }>;

interface Fault {
  readonly line: number;
  readonly message: string;
}

function addHeader(header: Header, name: string, value: string, line: number): string | undefined {
  if (name !== 'version' && name !== 'key' && name !== 'key-check')
    return 'is no entry and no header that this unleak knows; update unleak or remove it';
  const before = header.get(name);
  if (before && before.value !== value) {
    return `${name}: differs from line ${before.line}; two baselines were merged: keep one and run "unleak baseline update"`;
  }
  header.set(name, before ?? { value, line });
  return undefined;
}

function readLines(text: string): { header: Header; entries: BaselineEntry[]; faults: Fault[] } {
  const header: Header = new Map();
  const entries: BaselineEntry[] = [];
  const faults: Fault[] = [];
  for (const [index, raw] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = raw.trim();
    const lineNumber = index + 1;
    if (/^(?:<{7}|={7}|>{7}|\|{7})(?: |$)/.test(line)) {
      faults.push({
        line: lineNumber,
        message: 'a merge conflict is not resolved; keep the lines of both sides and remove the conflict marks',
      });
    } else if (line !== '' && !line.startsWith('#')) {
      const named = /^([a-z-]+):\s*(\S*)$/.exec(line);
      const result = named ? addHeader(header, named[1]!, named[2]!, lineNumber) : parseEntry(line, lineNumber);
      if (typeof result === 'string') faults.push({ line: lineNumber, message: result });
      else if (result) entries.push(result);
    }
  }
  return { header, entries, faults };
}

function throwFirst(file: string, faults: readonly Fault[]): void {
  const [first, ...rest] = faults;
  if (first)
    throw new ConfigError(first.message + rest.map((f) => `\n${file}:${f.line}: ${f.message}`).join(''), {
      file,
      line: first.line,
    });
}

function readKey(
  header: Header,
  file: string,
  externalKey: ExternalKey,
): { key: FingerprintKey; isKeyExternal: boolean } {
  const version = header.get('version');
  const line = version?.line ?? 1;
  if (!version)
    throw new ConfigError(
      '"version: 1" is missing; restore the header, or make a new file with "unleak baseline create"',
      { file, line },
    );
  if (version.value !== String(BASELINE_VERSION)) {
    throw new ConfigError(`version: this unleak reads version ${BASELINE_VERSION} only; update unleak`, { file, line });
  }
  const field = header.get('key');
  if (!field)
    throw new ConfigError('"key:" is missing; restore the header, or make a new file with "unleak baseline create"', {
      file,
      line,
    });
  const isKeyExternal = field.value === 'external';
  const key = isKeyExternal ? externalKey() : keyFromHex(field.value);
  if (!key)
    throw new ConfigError('key: is neither "external" nor 64 hexadecimal digits; restore the line from git', {
      file,
      line: field.line,
    });
  const check = header.get('key-check');
  if (check?.value !== keyCheckValue(key)) {
    const what = isKeyExternal
      ? 'the key from outside is not the one that this file was made with; give the right key'
      : 'key: and key-check: do not belong together; restore both lines from git';
    throw new ConfigError(what, { file, line: (check ?? field).line });
  }
  return { key, isKeyExternal };
}

/**
 * Reads the file.
 *
 * @param file name for messages
 * @throws ConfigError with every bad line, for an unknown version, and for a missing or wrong key; never repeats a line
 */
export function parseBaseline(text: string, file: string, externalKey: ExternalKey): Baseline {
  const { header, entries, faults } = readLines(text);
  throwFirst(file, faults);
  return { file, ...readKey(header, file, externalKey), entries: tidyEntries(entries) };
}

/** Writes the file: the same entries give the same bytes. */
export function formatBaseline(baseline: Baseline): string {
  const key = baseline.isKeyExternal ? 'external' : keyToHex(baseline.key);
  const header = [TITLE, `version: ${BASELINE_VERSION}`, `key: ${key}`, `key-check: ${keyCheckValue(baseline.key)}`];
  return `${[...header, ...tidyEntries(baseline.entries).map(formatEntry)].join('\n')}\n`;
}
