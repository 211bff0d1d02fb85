// Histories of shells and clients that lie among scanned files: found by name or first bytes, their command lines are read
// by the rules of commands as well. For all other files this costs a look at the name and a byte. The rules are loaded when
// the first history is met.
import type { Detection, Location } from '../model/finding.ts';
import type { Origin } from '../model/origin.ts';
import { Secret } from '../model/secret.ts';
import { type CommandEngine, createCommandEngine } from '../shell/command-engine.ts';
import { createFormat, HEAD_BYTES, recognise, recogniseHead } from '../shell/formats.ts';
import { rawSpans } from '../shell/mapped-text.ts';
import { createPrefilter, type Prefilter } from '../shell/prefilter.ts';
import { scanBlock } from '../shell/scan-block.ts';
import { loadCommandRules } from './load-command-rules.ts';

/** Gives the detections of the command rules in one text, with their places; [] for what is no history. */
export interface HistoryCompanion {
  /** Quick: whether the text may be a history at all. @param first its first byte */
  readonly mayBe: (path: string, first: number) => boolean;
  readonly read: (
    origin: Origin,
    head: Buffer,
    readAll: () => Buffer,
  ) => readonly { readonly detection: Detection; readonly location: Location }[];
}

/** Names of histories hold one of these. */
const NAME_HINT = /hist|hst|viminfo|dbshell|sessions/i;
/** `#123`, `: 123:0;`, `- cmd:`, ksh, mksh, editline. */
const FIRST_BYTES = new Set([0x23, 0x3a, 0x2d, 0x81, 0xab, 0x5f]);

/** True when the first bytes alone prove a history that is text: for contents without a name. */
export function isHistoryHead(head: Buffer): boolean {
  const known = FIRST_BYTES.has(head[0] ?? 0) ? recogniseHead(head) : undefined;
  return known !== undefined && known.format !== 'sqlite';
}

export function createHistoryCompanion(): HistoryCompanion {
  let tools: { readonly engine: CommandEngine; readonly prefilter: Prefilter } | undefined;
  const read: HistoryCompanion['read'] = (origin, head, readAll) => {
    const known = recognise(origin.path, head.subarray(0, HEAD_BYTES));
    // Databases are for `unleak shell`: their bytes are no text.
    if (!known || known.format === 'sqlite') return [];
    if (!tools) {
      const rules = loadCommandRules();
      tools = { engine: createCommandEngine(rules), prefilter: createPrefilter(rules) };
    }
    const bytes = readAll();
    const format = createFormat(known.format, bytes);
    const text = format.decodeBlock(bytes);
    const { engine, prefilter } = tools;
    const firstLook = prefilter(text.bytes);
    const { hits } = scanBlock(bytes, text, { format, program: known.program, engine, firstLook, detections: [] });
    let line = 1;
    let counted = 0;
    return hits.flatMap((hit) =>
      hit.findings.flatMap(({ rule, value, spans, tool, where }) => {
        const raw = spans.flatMap((span) => rawSpans(hit.command, span));
        const first = raw[0];
        const last = raw.at(-1);
        if (!first || !last) return [];
        for (let at = bytes.indexOf(10, counted); at >= 0 && at < first.start; at = bytes.indexOf(10, at + 1)) {
          line++;
          counted = at + 1;
        }
        const column = bytes.toString('utf8', counted, first.start).length + 1;
        const width = bytes.toString('utf8', first.start, last.end).length;
        const detection: Detection = {
          ruleId: rule.id,
          severity: rule.severity,
          confidence: rule.confidence,
          secret: new Secret(Buffer.from(value, 'latin1').toString('utf8'), rule.kind),
          span: { start: first.start, end: last.end },
          reasons: [{ step: 'command', text: `${tool} takes a secret there: ${where}` }],
          parts: [],
        };
        return [{ detection, location: { line, column, endLine: line, endColumn: column + width } }];
      }),
    );
  };
  return {
    mayBe: (path, first) => FIRST_BYTES.has(first) || NAME_HINT.test(path.slice(path.lastIndexOf('/') + 1)),
    read,
  };
}
