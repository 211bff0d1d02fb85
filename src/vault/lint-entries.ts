// What can be said against entries by themselves: secrets in texts that are not encrypted, no rotation, unused, names that
// end like ARNs. Pure; the detector comes in as a function.
import type { ReferenceFault, ReferenceFaultKind, VaultEntry, VaultIndex } from '../model/vault.ts';
import { compareFaults } from './check-references.ts';
import { isUnused, UNUSED_DAYS } from './date-verdict.ts';
import { hasRandomTail } from './parse-arn.ts';

/** A text with its secrets hidden, and the rules that found them. */
export interface RedactedText {
  readonly text: string;
  readonly ruleIds: readonly string[];
}

/** Looks for secrets in a text of an entry; made from the detector by the command. */
export type RedactText = (text: string) => RedactedText;

/** Services own these, and nobody else may rotate or rename them. */
const isOurs = (entry: VaultEntry): boolean => entry.owningService === undefined && !entry.name.includes('!');

function fault(kind: ReferenceFaultKind, { name, region }: VaultEntry, text: string): ReferenceFault {
  return { kind, name, region, place: undefined, text };
}

/** Entries that are read by nobody, never rotated, or misnamed. Sorted by name. */
export function lintEntries(index: VaultIndex, now: Date): readonly ReferenceFault[] {
  const faults: ReferenceFault[] = [];
  for (const entry of index.entries) {
    if (!isOurs(entry) || entry.deletedDate !== undefined) continue;
    const { name, rotation } = entry;
    const isSecret = entry.store === 'secrets-manager';
    if (isSecret && !rotation.isEnabled) {
      const last =
        rotation.lastDate === undefined ? 'it has never been rotated' : `last on ${rotation.lastDate.slice(0, 10)}`;
      faults.push(
        fault('no-rotation', entry, `${name}: rotation is off (${last}); turn it on: aws secretsmanager rotate-secret`),
      );
    }
    if (isUnused(entry, now)) {
      const last = entry.accessedDate === undefined ? 'never read' : `last read on ${entry.accessedDate.slice(0, 10)}`;
      faults.push(
        fault(
          'unused',
          entry,
          `${name}: unused for more than ${UNUSED_DAYS} days (${last}); revoke its value, then delete it`,
        ),
      );
    }
    if (isSecret && hasRandomTail(name)) {
      faults.push(
        fault(
          'hyphen-six',
          entry,
          `${name}: ends in a hyphen and six characters, as ARNs do; reads by part of the ARN may fail`,
        ),
      );
    }
  }
  return faults.sort(compareFaults);
}

/** An index whose texts hold no secret any more, and what was wrong with them. */
export interface CleanIndex {
  readonly index: VaultIndex;
  readonly faults: readonly ReferenceFault[];
}

/**
 * Hides secrets in descriptions and tags, so that nothing that is made of the index (reports, plans, a saved file) repeats
 * them. These texts are not encrypted, and everybody who may list can read them.
 */
export function cleanTexts(index: VaultIndex, redact: RedactText): CleanIndex {
  const faults: ReferenceFault[] = [];
  const entries = index.entries.map((entry) => {
    const found: string[] = [];
    const clean = (text: string, where: string): string => {
      const { text: hidden, ruleIds } = redact(text);
      for (const ruleId of new Set(ruleIds)) found.push(`${where} (${ruleId})`);
      return hidden;
    };
    const description = entry.description === undefined ? undefined : clean(entry.description, 'description');
    const tags = entry.tags.map(({ key, value }) => {
      // The name of a tag says what its value is, as in `password: …`.
      const both = clean(`${key}: ${value}`, 'tags');
      return both.startsWith(`${key}: `) ? { key, value: both.slice(key.length + 2) } : { key: '…', value: '…' };
    });
    if (found.length === 0) return entry;
    const text = `${entry.name}: a secret stands in its ${found.join(', ')}, which is not encrypted; rotate it, then clear the text`;
    faults.push(fault('secret-in-text', entry, text));
    return { ...entry, description, tags };
  });
  return { index: { ...index, entries }, faults };
}
