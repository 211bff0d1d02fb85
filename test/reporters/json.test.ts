// The JSON formats against their published schema, with every key described.
// The expected files are compared in registry.test.ts.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { findReporter } from '../../src/reporters/registry.ts';
import { makeCleanReport, makeLargeReport, makeSampleReport, PLAIN } from './sample-report.ts';
import { VALUES } from './sample-values.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

function readSchema(): { [key: string]: Json } {
  const file = new URL('../../schemas/report.schema.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as { [key: string]: Json };
}

/** The published schema allows new keys; here each key must be described. */
function forbidUnknownKeys(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(forbidUnknownKeys);
  if (schema === null || typeof schema !== 'object') return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, forbidUnknownKeys(value)]));
  return schema.type === 'object' ? { ...copy, additionalProperties: false } : copy;
}

const ajv = new Ajv2020({ strict: true, allErrors: true });
const id = String(readSchema().$id);
ajv.addSchema(forbidUnknownKeys(readSchema()) as { [key: string]: Json });

function listErrors(value: unknown, definition = ''): unknown[] {
  const validate = ajv.getSchema(`${id}${definition}`);
  if (!validate) throw new Error(`no schema ${definition}`);
  return validate(value) ? [] : (validate.errors ?? ['not valid']);
}

function format(name: string, report = makeSampleReport()): string {
  const reporter = findReporter(name);
  if (!reporter) throw new Error(`no format ${name}`);
  return reporter.format(report, PLAIN);
}

describe('json', () => {
  it.each([
    ['full', makeSampleReport()],
    ['clean', makeCleanReport()],
    ['revealed', { ...makeSampleReport(), reveal: true }],
  ])('is valid by its published schema: %s', (_, report) => {
    expect(listErrors(JSON.parse(format('json', report)))).toEqual([]);
  });

  it('would notice a key that the schema lacks, and one that is missing', () => {
    const document = JSON.parse(format('json')) as { findings: { extra?: number; line?: number }[] };
    document.findings[0]!.extra = 1;
    delete document.findings[1]!.line;
    expect(listErrors(document)).toHaveLength(2);
  });

  it('gives values in clear with --reveal, and only there', () => {
    const document = JSON.parse(format('json', { ...makeSampleReport(), reveal: true })) as {
      findings: { path: string; secret: string; parts: { secret: string }[] }[];
      secrets: { secret: string }[];
    };
    const aws = document.findings.find((finding) => finding.path === 'infra/main.tf');
    expect(aws?.secret).toBe(VALUES.awsSecret);
    expect(aws?.parts[0]?.secret).toBe(VALUES.awsKeyId);
    expect(document.secrets.map((secret) => secret.secret)).toContain(VALUES.pem);
    expect(format('json')).not.toContain('"secret":');
  });

  it('keeps invisible characters as the same value', () => {
    const document = JSON.parse(format('json')) as { findings: { path: string }[] };
    expect(document.findings.map((finding) => finding.path)).toContain('src/\u001b[31mred\u202egpj.ts');
  });

  it('takes time in proportion to the number of findings', () => {
    const timeOf = (count: number): number => {
      const report = makeLargeReport(count);
      const start = performance.now();
      const text = format('json', report);
      const elapsedMs = performance.now() - start;
      expect(text.match(/"status": "new"/g)).toHaveLength(2 * count);
      return elapsedMs;
    };
    timeOf(300);
    const small = timeOf(3000);
    const large = timeOf(30_000);
    // Ten times as much work, with four times of slack for a busy machine; quadratic growth would be a hundred times.
    expect(large).toBeLessThan(Math.max(small, 50) * 40);
  });
});

describe('jsonl', () => {
  it.each([makeSampleReport(), { ...makeSampleReport(), reveal: true }, makeCleanReport()])(
    'has valid finding lines and a summary line at the end (%#)',
    (report) => {
      const lines = format('jsonl', report)
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown);
      expect(lines).toHaveLength(report.findings.length + 1);
      const last = lines.pop();
      for (const line of lines) expect(listErrors(line, '#/$defs/finding')).toEqual([]);
      expect(listErrors(last, '#/$defs/summaryLine')).toEqual([]);
      expect(Object.keys(last as object)[0]).toBe('summary');
    },
  );
});
