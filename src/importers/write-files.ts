// Entries → new texts of our files. What is there stays; what is there already is not added again. Pure.
import { Document, isMap, isSeq, parseDocument, stringify } from 'yaml';
import { UsageError } from '../model/errors.ts';
import type { RuleDraft } from './rule-draft.ts';

/** An entry for `ignore:` as data. */
export interface IgnoreData {
  readonly paths?: readonly string[];
  readonly rule?: string;
  readonly value?: string;
  readonly fingerprint?: string;
  readonly reason: string;
}

const WIDE = { lineWidth: 0 } as const;

/** What an entry hides, whatever its reason. */
function identityOf(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null) return '';
  const { paths, rule, value, fingerprint } = entry as IgnoreData;
  return JSON.stringify([typeof paths === 'string' ? [paths] : paths, rule, value, fingerprint]);
}

function readDocument(file: string, text: string): Document {
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0 || (document.contents !== null && !isMap(document.contents)))
    throw new UsageError(
      `${file}: is not valid and cannot be extended; mend it first (unleak scan says what is wrong)`,
    );
  return document;
}

/**
 * @param text of .unleak.yml as it is; undefined when there is none
 * @param ruleFile to be named under rules.files; undefined for none
 */
export function extendConfig(
  file: string,
  text: string | undefined,
  ignores: readonly IgnoreData[],
  ruleFile: string | undefined,
): string {
  const document = text === undefined || text.trim() === '' ? new Document({ version: 1 }) : readDocument(file, text);
  if (ruleFile !== undefined) {
    const files = document.getIn(['rules', 'files']);
    const listed = isSeq(files) ? (files.toJSON() as unknown[]) : files === undefined ? [] : [files];
    if (!listed.includes(ruleFile)) document.setIn(['rules', 'files'], document.createNode([...listed, ruleFile]));
  }
  const old = document.get('ignore');
  const there = new Set(isSeq(old) ? (old.toJSON() as unknown[]).map(identityOf) : []);
  const fresh = ignores.filter((entry) => !there.has(identityOf(entry)) && there.add(identityOf(entry)));
  if (fresh.length > 0) {
    if (isSeq(old)) for (const entry of fresh) old.add(document.createNode(entry));
    else document.set('ignore', document.createNode(fresh));
  } else if (text !== undefined && ruleFile === undefined) return text;
  return document.toString(WIDE);
}

/** @param text of the rule file as it is; undefined when there is none */
export function extendRules(text: string | undefined, drafts: readonly RuleDraft[]): string {
  const there = new Set([...(text ?? '').matchAll(/^\s*-\s+id:\s*['"]?([a-z0-9.-]+)/gm)].map((match) => match[1]));
  const fresh = drafts.filter(({ id }) => !there.has(id));
  if (fresh.length === 0) return text ?? '';
  const head =
    text === undefined
      ? '# Rules carried over by "unleak import". Mend severity, rotate and references; prove them: unleak rules check\n'
      : text.replace(/\n*$/, '\n\n');
  return head + fresh.map((draft) => stringify([draft], WIDE)).join('\n');
}

/** @param text of .unleakignore as it is; undefined when there is none */
export function extendIgnoreFile(text: string | undefined, patterns: readonly string[], source: string): string {
  const there = new Set((text ?? '').split(/\r?\n/).map((line) => line.trim()));
  const fresh = [...new Set(patterns)].filter((pattern) => !there.has(pattern));
  if (fresh.length === 0) return text ?? '';
  const before = text === undefined || text === '' ? '' : text.endsWith('\n') ? text : `${text}\n`;
  return `${before}# ${source}\n${fresh.join('\n')}\n`;
}
