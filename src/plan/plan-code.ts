// Code changes for all secrets: one advice a place, one patch a file, one patch for each file that several share.
import type { HelperFile, SourceFile, Stretch, TextEdit } from './code-change.ts';
import { findLanguagePack } from './language-packs.ts';
import { isPlainPath, makeHelperPatch, makePatch } from './masked-patch.ts';
import type { CodeAdvice, PlanPatch, PlanTarget } from './plan.ts';
import type { FileInput, SecretInput } from './plan-input.ts';
import { fileWord } from './policy-files.ts';

/** A secret that has got its number and its place. */
export interface CodeQuestion {
  readonly number: number;
  readonly secret: SecretInput;
  readonly target: PlanTarget;
}

export interface CodeAnswer {
  /** By number of the secret. */
  readonly advice: ReadonlyMap<number, readonly CodeAdvice[]>;
  readonly patches: readonly PlanPatch[];
}

interface Wanted {
  readonly question: CodeQuestion;
  readonly line: number;
  readonly value: Stretch;
}

interface Draft extends Omit<CodeAdvice, 'patch'> {
  readonly number: number;
  readonly edits: readonly TextEdit[];
  readonly helper: HelperFile | undefined;
}

const keyOf = ({ start, end, replacement }: TextEdit): string => `${start} ${end} ${replacement}`;
const overlaps = (a: TextEdit, b: TextEdit): boolean => a.start < b.end && b.start < a.end;

function draftPlace(file: SourceFile, { question, line, value }: Wanted): Draft {
  const { target, number } = question;
  const pack = findLanguagePack(file);
  const place = {
    store: target.store,
    name: target.name,
    arn: target.arn,
    region: target.region,
    jsonKey: target.leakedKey,
    variable: target.variable,
  };
  const base = {
    path: file.path,
    line,
    language: pack.label,
    snippet: pack.snippet(place, file),
    packages: pack.packages,
    notes: pack.notes,
    number,
  };
  const refuse = (refused: string): Draft => ({ ...base, refused, edits: [], helper: undefined });
  if (target.store === 'parameter-store')
    return refuse(
      'the entry is in Parameter Store: read /aws/reference/secretsmanager/… or use GetParameter with decryption',
    );
  if (!isPlainPath(file.path)) return refuse('git cannot take this path in a diff as it is');
  if (!pack.edit) return refuse('there is no mechanical change for this language');
  const answer = pack.edit(file, value, place);
  if ('refused' in answer) return refuse(answer.refused);
  return { ...base, refused: undefined, edits: answer.edits, helper: answer.helper };
}

const toAdvice = (
  { number: _, edits: __, helper: ___, ...advice }: Draft,
  patch: string | undefined,
  refused = advice.refused,
): CodeAdvice => ({ ...advice, patch, refused });

/**
 * @param files  by path from the scan root
 * @param hasFile  asks about paths from the top of the repository
 */
export function planCode(
  questions: readonly CodeQuestion[],
  readFile: (path: string) => FileInput | undefined,
  hasFile: (path: string) => boolean,
): CodeAnswer {
  const wantedByPath = new Map<string, Wanted[]>();
  for (const question of questions) {
    for (const { path, line, value } of question.secret.places) {
      if (value === undefined) continue;
      const list = wantedByPath.get(path) ?? [];
      list.push({ question, line, value });
      wantedByPath.set(path, list);
    }
  }
  const advice = new Map<number, CodeAdvice[]>();
  const give = (draft: Draft, patch: string | undefined, refused?: string): void => {
    const list = advice.get(draft.number) ?? [];
    list.push(toAdvice(draft, patch, refused ?? draft.refused));
    advice.set(draft.number, list);
  };
  const helpers = new Map<string, { readonly helper: HelperFile; readonly secrets: Set<number> }>();
  const bodies: PlanPatch[] = [];
  for (const [path, wanted] of wantedByPath) {
    const input = readFile(path);
    if (!input) continue;
    const drafts = wanted.map((one) => draftPlace(input.file, one));
    const edits = new Map<string, TextEdit>();
    const used: Draft[] = [];
    for (const draft of drafts) {
      const known = draft.helper && helpers.get(draft.helper.path);
      if (draft.refused !== undefined) give(draft, undefined);
      else if (draft.edits.some((edit) => [...edits.values()].some((other) => overlaps(edit, other))))
        give(draft, undefined, 'another change stands in the same place');
      else if (draft.helper && (known ? known.helper.text !== draft.helper.text : hasFile(draft.helper.path)))
        give(draft, undefined, `${draft.helper.path} is there already: use it, or rename it`);
      else {
        for (const edit of draft.edits) edits.set(keyOf(edit), edit);
        used.push(draft);
      }
    }
    if (used.length === 0) continue;
    const text = makePatch(input.file, [...edits.values()], input.masks);
    if (text === undefined) {
      for (const draft of used) give(draft, undefined, 'a changed line would still hold a value: change it by hand');
      continue;
    }
    const numbers = [...new Set(used.map(({ number }) => number))].sort((a, b) => a - b);
    const name = `${String(bodies.length + 1).padStart(2, '0')}-${fileWord(input.file.path)}.diff`;
    bodies.push({ name, path: input.file.path, text, secrets: numbers });
    for (const draft of used) {
      give(draft, name);
      if (!draft.helper) continue;
      const shared = helpers.get(draft.helper.path) ?? { helper: draft.helper, secrets: new Set<number>() };
      shared.secrets.add(draft.number);
      helpers.set(draft.helper.path, shared);
    }
  }
  const shared = [...helpers.values()].map(({ helper, secrets }, i) => ({
    name: `00-${String(i + 1).padStart(2, '0')}-${fileWord(helper.path)}.diff`,
    path: helper.path,
    text: makeHelperPatch(helper),
    secrets: [...secrets].sort((a, b) => a - b),
  }));
  return { advice, patches: [...shared, ...bodies] };
}
