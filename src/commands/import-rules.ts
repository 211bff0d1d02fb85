// Proves rules of other tools as `unleak rules check` does, together with our own, and keeps those that hold.
import { CHECKS } from '../checks/registry.ts';
import type { TextTraits } from '../detector/chunk.ts';
import { resolveOverlaps } from '../detector/resolve-overlaps.ts';
import type { ForeignLeft, ForeignRule } from '../importers/foreign-entry.ts';
import { draftRule, type RuleDraft } from '../importers/rule-draft.ts';
import { extendRules } from '../importers/write-files.ts';
import type { Rule } from '../model/rule.ts';
import { createRulesDetector, loadBuiltInRules } from '../pipeline/create-detector.ts';
import { checkRules } from '../rules/check-rules.ts';
import { compileMatchers } from '../rules/compile-matchers.ts';
import type { CompiledRules } from '../rules/compiled.ts';
import { readRuleFile } from '../rules/parse-rules.ts';

/** Each literal of an imported rule that is looked for anywhere costs a little on every byte. */
const MOST_ANCHORS = 20;
const TRAITS: TextTraits = { pathKind: () => 'config', isCode: () => false, isBinary: false };

export interface ImportedRules {
  readonly drafts: readonly RuleDraft[];
  readonly left: readonly ForeignLeft[];
}

function leave(rule: ForeignRule, why: string): ForeignLeft {
  return { kind: 'left', at: rule.at, what: `rule ${rule.id}`, why };
}

/** Long names may come to the same id. */
function withOwnId(draft: RuleDraft | string, seen: ReadonlySet<string>): RuleDraft | string {
  if (typeof draft === 'string' || !seen.has(draft.id)) return draft;
  for (let number = 2; ; number++) {
    const id = `${draft.id.slice(0, 36)}-${number}`;
    if (!seen.has(id)) return { ...draft, id };
  }
}

/** The entries that our own reader takes. */
function readDrafts(rules: readonly ForeignRule[], file: string, left: ForeignLeft[]) {
  const read: { readonly foreign: ForeignRule; readonly draft: RuleDraft; readonly rule: Rule }[] = [];
  const seen = new Set<string>();
  for (const foreign of rules) {
    const draft = withOwnId(draftRule(foreign, file), seen);
    if (typeof draft === 'string') {
      left.push(leave(foreign, `its expression ${draft}`));
      continue;
    }
    const { rules: parsed, errors } = readRuleFile(extendRules(undefined, [draft]), file, { knownChecks: new Set() });
    const [rule] = parsed;
    if (!rule || errors.length > 0)
      left.push(leave(foreign, (errors[0]?.message ?? 'it cannot be read').replace(/^.*?: (?:rule [^:]*: )?/, '')));
    else {
      seen.add(draft.id);
      read.push({ foreign, draft, rule });
    }
  }
  return read;
}

function createDetect(rules: CompiledRules) {
  const detector = createRulesDetector(rules, CHECKS);
  return (bytes: Uint8Array) => {
    detector.kernel.input.set(bytes);
    const chunk = { size: bytes.length, baseOffset: 0, ownStart: 0, ownEnd: bytes.length, traits: TRAITS };
    return resolveOverlaps(detector.detect(chunk));
  };
}

/** @param file name of the foreign file */
export async function importRules(rules: readonly ForeignRule[], file: string): Promise<ImportedRules> {
  const left: ForeignLeft[] = [];
  const drafts: RuleDraft[] = [];
  const read = rules.length === 0 ? [] : readDrafts(rules, file, left);
  if (read.length === 0) return { drafts, left };
  const byUs = createDetect(loadBuiltInRules());
  let anchored = 0;
  for (const { foreign, draft, rule } of read) {
    // Each beside our own rules alone: a loose rule among them must not hide the others.
    const byRule = createDetect(compileMatchers([rule.matcher]));
    const detect = (bytes: Uint8Array) => [...byUs(bytes), ...byRule(bytes)];
    const [result] = await checkRules([rule], { detect, checks: CHECKS, now: () => performance.now() });
    const { failures } = result!;
    const other = /rule ([a-z0-9.-]+) finds something here too/.exec(failures.join('\n'))?.[1];
    const isAnchored = failures.length === 0 && 'anchors' in draft && ++anchored > MOST_ANCHORS;
    if (isAnchored)
      left.push(
        leave(
          foreign,
          `more than ${MOST_ANCHORS} rules would look for a text everywhere; write it by hand with prefixes or near`,
        ),
      );
    else if (failures.length === 0) drafts.push(draft);
    else if (other !== undefined) left.push(leave(foreign, `unleak has ${other} for it`));
    else if (failures[0]!.startsWith('example'))
      left.push(leave(foreign, 'unleak did not find an example made from it; write it by hand (see rules/README.md)'));
    else left.push(leave(foreign, failures[0]!));
  }
  return { drafts, left };
}
