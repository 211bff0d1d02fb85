// Stable names of findings for formats that want one each. Made from the fingerprint and the place, so that the same
// finding has the same name in the next run; says nothing about the value that the fingerprint does not.
import { createHash } from 'node:crypto';
import type { JudgedFinding } from '../model/report.ts';
import { commitOf } from './describe.ts';

/** A name space of our own for UUIDs (RFC 9562, version 5). */
const NAMESPACE = Buffer.from('6f0b2a6e1d3c5a7f9b8e4c2d7a1f3e5b', 'hex');

/** A UUID of version 5 for a text. */
export function makeUuid(name: string): string {
  // SHA-1 is what version 5 is made of; nothing is protected by it.
  const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * One name a finding, without line numbers, which move: the secret, its file and commit, and which occurrence it is.
 *
 * @returns same order as the findings; all different
 */
export function nameFindings(findings: readonly JudgedFinding[]): readonly string[] {
  const counts = new Map<string, number>();
  return findings.map(({ finding }) => {
    const parts = [finding.fingerprint, finding.ruleId, finding.origin.path, commitOf(finding.origin) ?? ''];
    const place = parts.join('\0');
    const number = (counts.get(place) ?? 0) + 1;
    counts.set(place, number);
    return `${place}\0${number}`;
  });
}
