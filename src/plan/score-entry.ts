// Scores one entry against one question. Every point has a reason that people can read. A question is prepared once, so
// that scoring an entry costs little more than a look at each word of its name.
import type { EntryTable, EntryWord, TableEntry } from './entry-table.ts';
import { isProduction, shortEnvironment } from './environments.ts';
import { type Asked, type Explanation, NAMES_OF_CLUES, type PreparedQuery } from './prepare-query.ts';
import type { ClueKind } from './query.ts';

export interface Scored {
  readonly candidate: TableEntry;
  readonly score: number;
  /** What speaks for it, strongest first, then `against: …`. */
  readonly reasons: () => readonly string[];
  /** Something other than the kind of value is known to fit. */
  readonly hasSubject: boolean;
  /** Something speaks against it that a person must look at. */
  readonly hasConflict: boolean;
  /** The environments may be the same, and may not; only guessed short forms fit; or a word of one side is unknown to the other. */
  readonly isOpen: boolean;
  readonly isMentioned: boolean;
}

export type ScoreEntry = (prepared: PreparedQuery, candidate: TableEntry, mentioned: boolean) => Scored;

interface EnvironmentWeight {
  readonly points: number;
  readonly text: string | undefined;
  readonly isOther: boolean;
  /** Only known to be no production, on one side. */
  readonly isOpen?: boolean;
}

/** Points for the environment, and what to say of it. */
function weighEnvironment(wanted: string | undefined, has: string | undefined): EnvironmentWeight {
  if (wanted === undefined) return { points: 0, text: undefined, isOther: false };
  if (has === undefined) return { points: -0.02, text: undefined, isOther: false };
  if (wanted === has) return { points: 0.07, text: `environment: ${shortEnvironment(has)}`, isOther: false };
  const isOpen = wanted === 'nonproduction' || has === 'nonproduction';
  if (isOpen && !isProduction(wanted) && !isProduction(has))
    return {
      points: 0.03,
      text: `environment: ${shortEnvironment(has)} is not production`,
      isOther: false,
      isOpen: true,
    };
  return {
    points: -0.35,
    text: `environment is ${shortEnvironment(has)}, not ${shortEnvironment(wanted)}`,
    isOther: true,
  };
}

const CLUE_NAMES = Object.entries(NAMES_OF_CLUES) as readonly (readonly [ClueKind, string])[];

export function createScorer(table: EntryTable): ScoreEntry {
  const { facts } = table;
  /** Words of the entry that is looked at carry its mark: no set has to be made for it. */
  const marks = new Int32Array(table.words.length);
  /** The same for words of its description and tags. */
  const noteMarks = new Int32Array(table.words.length);
  let now = 0;
  const has = (number: number): boolean => marks[number] === now;
  const hasNoted = (number: number): boolean => noteMarks[number] === now;
  /** Something alike stands in the entry, in its name or its notes. */
  const isThere = ({ similar }: Asked): boolean => {
    for (const { word, likeness } of similar) if (likeness >= 0.5 && (has(word) || hasNoted(word))) return true;
    return false;
  };
  const isUnknown = (one: Asked): boolean => !isThere(one) && !one.runs.some((run) => run.every(has));

  return (prepared, candidate, isMentioned) => {
    const { query, asked, byWord, bySubject } = prepared;
    const { words, notes, environment, entry } = candidate;
    now++;
    for (const { word } of words) marks[word] = now;
    for (const word of notes) noteMarks[word] = now;

    // Initials stand for several words at once.
    let byRun: Map<number, Explanation> | undefined;
    let answered = 0;
    let total = 0;
    let noted = 0;
    for (const { word, worth, similar, runs, isKind } of asked) {
      let best = 0;
      let inNotes = 0;
      for (const { word: number, likeness } of similar) {
        if (likeness > best && has(number)) best = likeness;
        else if (likeness > inNotes && hasNoted(number)) inNotes = likeness;
      }
      for (const run of runs) {
        if (!run.every(has)) continue;
        best = Math.max(best, 0.9);
        byRun ??= new Map();
        for (const number of run)
          byRun.set(number, { strength: 0.85 * (0.55 + 0.45 * word.weight), likeness: 0.85, from: word.from });
      }
      if (word.from === 'variable' || word.from === 'provider') {
        total += worth;
        answered += worth * Math.max(best, inNotes * 0.7);
      } else if (word.from !== 'kind' && best > 0 && !isKind) {
        // Words of paths and hosts count only when they are there: most of them say nothing.
        total += worth * 0.5;
        answered += worth * 0.5 * best;
      }
      if (inNotes > 0 && best === 0 && !isKind) noted += worth * inNotes;
    }

    let told = 0;
    let hasSubject = isMentioned;
    let isOpen = false;
    let isFirm = isMentioned;
    let otherDigits = false;
    const missing: number[] = [];
    const otherEngines: string[] = [];
    const otherKinds: number[] = [];
    const explanationOf = ({ word, isKind }: EntryWord): Explanation | undefined =>
      byRun?.get(word) ?? (!isKind && facts[word]?.isKind ? bySubject.get(word) : byWord.get(word));
    for (const one of words) {
      const fact = facts[one.word];
      if (!fact) continue;
      const how = explanationOf(one);
      if (fact.isEngine) otherEngines.push(fact.text);
      if (one.isKind && fact.exclusive !== -1) otherKinds.push(fact.exclusive);
      // A name may say "credentials" where the code says "password".
      const free = fact.isSecret ? 0.9 : one.isKind ? 0.4 : 0;
      told += one.worth * Math.max(free, how?.strength ?? 0);
      if (one.isKind || fact.isSecret) continue;
      if (how && how.likeness >= 0.85) isFirm ||= one.worth >= 0.2;
      if (how && how.strength >= 0.4) hasSubject ||= one.worth >= 0.2;
      else {
        missing.push(one.word);
        otherDigits ||= fact.isNumber;
        if (one.worth >= 0.5) isOpen = true;
      }
    }
    const precision = candidate.worth === 0 ? 0 : told / candidate.worth;
    const recall = total === 0 ? 0 : answered / total;
    let score = 0.55 * precision + 0.38 * recall + Math.min(0.1, noted * 0.04);

    // Both sides speak of something that the other does not know.
    const isCrossed = isOpen && prepared.own.some(isUnknown);
    const against: string[] = [];
    const env = weighEnvironment(query.environment, environment);
    score += env.points;
    if (env.isOther && env.text !== undefined) against.push(env.text);

    const { engines, kinds, digits, keys, subjects, service } = prepared;
    if (engines.length > 0 && otherEngines.length > 0 && !otherEngines.some((word) => engines.includes(word))) {
      score -= 0.25;
      against.push(`is for ${otherEngines.join(', ')}`);
    }
    if (kinds.length > 0 && otherKinds.length > 0) {
      if (otherKinds.some((kind) => kinds.includes(kind))) score += 0.03;
      else {
        score -= 0.12;
        against.push('another kind of value by its name');
      }
    }
    if (digits.length > 0 && !digits.some(has)) {
      score -= otherDigits ? 0.2 : 0.05;
      if (otherDigits) against.push('another number');
    } else if (otherDigits) score -= 0.02;

    if (candidate.listedKeys && keys.length > 0) {
      if (keys.some((key) => candidate.listedKeys?.has(key))) {
        score += 0.2;
        hasSubject = true;
      } else {
        score -= 0.12;
        against.push('its description lists other keys');
      }
    }
    if (table.hasAccounts && entry.account !== undefined && query.accounts.length > 0) {
      const isSame = query.accounts.includes(entry.account);
      score += isSame ? 0.06 : -0.3;
      if (!isSame) against.push(`is in account ${entry.account}`);
    }
    // A name beside the value may stand for another value: alone it makes nothing sure.
    const isBare = isMentioned && score < 0.42;
    if (isMentioned) score += isCrossed ? 0.12 : 0.4;
    if (isCrossed) {
      score -= 0.05;
      against.push('the code says more than the name knows');
    }
    if (query.regions.length > 0 && candidate.regions.length > 0 && table.hasRegions) {
      const isSame = candidate.regions.some((region) => query.regions.includes(region));
      // Where code runs tells less of where an entry is than a name that says so.
      if (isSame) score += candidate.isRegionNamed ? 0.06 : 0.02;
      else if (candidate.isRegionNamed) {
        score -= 0.3;
        against.push(`is for ${candidate.regions.join(', ')}`);
      } else score -= 0.03;
    }
    // Whose it is, is said in the code, and not in the name.
    if (isOpen && !isMentioned && subjects.length > 0 && !subjects.some(isThere)) {
      score -= 0.08;
      against.push('is for something else by its name');
    }
    // The service that the path names is not the entry's.
    const isStrange = !isMentioned && service.length > 0 && service.every((one) => one !== undefined && isUnknown(one));
    if (entry.deletedDate !== undefined) {
      score -= 0.25;
      against.push('scheduled for deletion');
    }
    if (candidate.isCopy) {
      score -= 0.2;
      against.push('an old one or a copy by its name');
    }
    const speaksFor = (): readonly string[] => {
      const found = new Map<ClueKind, string[]>();
      for (const one of words) {
        const from = explanationOf(one)?.from;
        if (from === undefined) continue;
        const known = found.get(from);
        const text = table.words[one.word] ?? '';
        if (known) known.push(text);
        else found.set(from, [text]);
      }
      const reasons = isMentioned ? ['the code beside it names this entry'] : [];
      for (const [from, name] of CLUE_NAMES) {
        const some = found.get(from);
        if (some) reasons.push(`${name}: ${some.join(', ')}`);
      }
      if (noted > 0) reasons.push('description or tags fit');
      if (env.text !== undefined && !env.isOther) reasons.push(env.text);
      return reasons;
    };
    return {
      candidate,
      score: Math.max(0, Math.min(1, score)),
      hasSubject,
      hasConflict: against.length > 0,
      isOpen: env.isOpen === true || !isFirm || isStrange || isBare || (isOpen && !isMentioned),
      isMentioned,
      reasons: () => {
        const reasons = [...speaksFor(), ...against.map((text) => `against: ${text}`)];
        const unsaid = missing.flatMap((number) => (facts[number]?.isNumber ? [] : (facts[number]?.text ?? [])));
        if (unsaid.length > 0) reasons.push(`against: nothing in the code says ${unsaid.slice(0, 4).join(', ')}`);
        return reasons;
      },
    };
  };
}
