// The plan as JSON, for programs (schemas/plan.schema.json). Keys are picked one by one, so that an object with more of them
// cannot leak any; descriptions and tags of entries stay out.
import type { VaultEntry } from '../model/vault.ts';
import type { Plan, PlannedSecret, PlanTarget } from './plan.ts';

/** Grows by one when a key is removed or changes its meaning; new keys do not count. */
export const PLAN_SCHEMA_VERSION = 1;

function entryRecord({ name, store, region, account, arn }: VaultEntry): Record<string, unknown> {
  // JSON.stringify leaves undefined keys out.
  return { name, store, region, account, arn };
}

function targetRecord(target: PlanTarget): Record<string, unknown> {
  const { store, name, isNew, why, region, account, arn, kmsKey, jsonKeys, leakedKey, variable } = target;
  return { store, name, isNew, why, region, account, arn, kmsKey, jsonKeys, leakedKey, variable };
}

function secretRecord(secret: PlannedSecret): Record<string, unknown> {
  const {
    number,
    fingerprint,
    ruleId,
    ruleName,
    masked,
    severity,
    confidence,
    reach,
    pushed,
    since,
    isLive,
    places,
    inventory,
    match,
    target,
    dates,
    values,
    steps,
  } = secret;
  return {
    number,
    fingerprint,
    rule: ruleId,
    ruleName,
    masked,
    severity,
    confidence,
    reach,
    pushed,
    since,
    isLive,
    places: places.map(({ path, line, column }) => ({ path, line, column })),
    inventory: {
      kind: inventory.kind,
      environment: inventory.environment,
      usedBy: inventory.usedBy,
      disposition: inventory.disposition,
      why: inventory.why,
      temporary: inventory.temporary,
      owners: inventory.owners,
    },
    match: {
      level: match.level,
      entry: match.chosen && entryRecord(match.chosen),
      candidates: match.candidates.map(({ entry, score, reasons }) => ({ ...entryRecord(entry), score, reasons })),
      ties: match.ties,
    },
    target: target && targetRecord(target),
    dates: dates && {
      verdict: dates.kind,
      text: dates.text,
      proves: dates.proves,
      doesNotProve: dates.doesNotProve,
      also: dates.also,
      notes: dates.notes,
    },
    values: values.map(({ name, arn, region, stage, jsonPath }) => ({ name, arn, region, stage, jsonPath })),
    steps: steps.map(({ id, title, text, commands, code, policies }) => ({
      id,
      title,
      text,
      commands: commands.map(({ title, shell, lines }) => ({ title, shell, lines })),
      code: code.map(({ path, line, language, patch, refused, snippet, packages, notes }) => ({
        path,
        line,
        language,
        patch,
        refused,
        snippet: { fence: snippet.fence, code: snippet.code },
        packages,
        notes,
      })),
      policies: policies.map(({ name, title, document }) => ({ name, title, document })),
    })),
  };
}

export function renderJson(plan: Plan): string {
  const { tool, subject, secrets, patches, vault, references, notes } = plan;
  const document = {
    schemaVersion: PLAN_SCHEMA_VERSION,
    tool: { name: tool.name, version: tool.version },
    subject,
    vault: {
      state: vault.state,
      entries: vault.entries,
      sources: vault.sources.map(({ kind, store, label, state, problem, entries, takenAt }) => ({
        kind,
        store,
        label,
        state,
        problem,
        entries,
        takenAt,
      })),
    },
    secrets: secrets.map(secretRecord),
    patches: patches.map(({ name, path, text, secrets: numbers }) => ({ name, path, secrets: numbers, text })),
    references: references.map(({ kind, name, region, place, text }) => ({
      kind,
      name,
      region,
      place: place && { path: place.path, line: place.line },
      text,
    })),
    notes,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
