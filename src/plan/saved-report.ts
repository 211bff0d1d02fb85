// Reads a saved JSON report of ours (schemas/report.schema.json): what a plan needs of it. Values are masked there, and
// those of --reveal are not taken. Unknown members are let through: a newer report may have more.

import { REACHES } from '../model/history.ts';
import { CONFIDENCES, SEVERITIES } from '../model/levels.ts';
import type { RuleInfo } from '../model/rule.ts';
import { isJsonObject, type JsonObject } from '../util/json-object.ts';
import type { PlanPlace } from './plan.ts';
import type { HistoryNote, SecretInput } from './plan-input.ts';

/** A secret of a saved report: everything but clues. */
export interface SavedSecret extends Omit<SecretInput, 'places'> {
  readonly places: readonly PlanPlace[];
}

export interface SavedReport {
  readonly mode: string;
  readonly subject: string;
  readonly secrets: readonly SavedSecret[];
  readonly isComplete: boolean;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const list = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : []);
const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
const lineNumber = (value: unknown): number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 1;

function readInfo(rule: JsonObject): RuleInfo | undefined {
  const id = text(rule.id);
  if (id === undefined) return undefined;
  const rotate = isJsonObject(rule.rotate) ? rule.rotate : {};
  const vault = isJsonObject(rule.vault) ? rule.vault : undefined;
  return {
    id,
    name: text(rule.name) ?? id,
    description: text(rule.description) ?? '',
    severity: SEVERITIES.find((one) => one === rule.severity) ?? 'medium',
    provider: text(rule.provider) ?? id.replace(/\..*/, ''),
    rotate: { where: text(rotate.where) ?? '', url: text(rotate.url), notes: text(rotate.notes) },
    temporary: text(rule.temporary),
    vault: vault && { kind: text(vault.kind) ?? 'other', jsonKeys: texts(vault.jsonKeys) },
    references: texts(rule.references),
  };
}

function readHistory(value: unknown): HistoryNote | undefined {
  if (!isJsonObject(value)) return undefined;
  const reach = REACHES.find((one) => one === value.reach);
  const pushed = (['yes', 'no', 'unknown'] as const).find((one) => one === value.pushed);
  if (reach === undefined || pushed === undefined) return undefined;
  return { reach, pushed, since: isJsonObject(value.first) ? text(value.first.date) : undefined };
}

/** @returns undefined when it is no report of ours, or of a schema that is not known */
export function readSavedReport(document: unknown): SavedReport | undefined {
  if (
    !isJsonObject(document) ||
    document.schemaVersion !== 1 ||
    !Array.isArray(document.findings) ||
    !Array.isArray(document.secrets)
  )
    return undefined;
  const infos = new Map(
    list(document.rules).flatMap((rule) => {
      const info = readInfo(rule);
      return info ? [[info.id, info] as const] : [];
    }),
  );
  const places = new Map<string, PlanPlace[]>();
  const keyOf = (record: JsonObject): string => `${text(record.fingerprint) ?? ''} ${text(record.rule) ?? ''}`;
  for (const record of list(document.findings)) {
    const path = text(record.path);
    if (path === undefined) continue;
    const known = places.get(keyOf(record)) ?? [];
    known.push({ path, line: lineNumber(record.line), column: lineNumber(record.column) });
    places.set(keyOf(record), known);
  }
  const secrets = list(document.secrets).flatMap((record): readonly SavedSecret[] => {
    const [fingerprint, ruleId] = [text(record.fingerprint), text(record.rule)];
    if (fingerprint === undefined || ruleId === undefined || !/^[0-9a-f]{32}$/.test(fingerprint)) return [];
    return [
      {
        fingerprint,
        ruleId,
        info: infos.get(ruleId),
        masked: text(record.masked) ?? '********',
        severity: SEVERITIES.find((one) => one === record.severity) ?? 'medium',
        confidence: CONFIDENCES.find((one) => one === record.confidence) ?? 'medium',
        history: readHistory(record.history),
        places: places.get(keyOf(record)) ?? [],
      },
    ];
  });
  const coverage = isJsonObject(document.coverage) ? document.coverage : {};
  return {
    mode: text(document.mode) ?? '',
    subject: text(document.subject) ?? '',
    secrets,
    isComplete: coverage.isComplete === true,
  };
}
