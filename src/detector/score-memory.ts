// Remembers scores of assignments: versions of one file bring the same assignment again and again, in surroundings that
// differ elsewhere. For whoever looks at many versions; a tree of files hardly ever asks twice.
import type { Placeholder } from '../util/placeholder.ts';
import type { Assignment } from './assignment.ts';
import type { TextTraits } from './chunk.ts';
import type { Feature } from './generic-features.ts';
import {
  type AssignmentReaders,
  type GenericScore,
  isCapped,
  PLAIN_READERS,
  type ScoreAssignment,
  scoreAssignment,
} from './generic-score.ts';
import { mayBeLifted } from './path-lift.ts';
import type { Shape } from './value-shape.ts';

/** Answers a generation; two are kept, scores of about 1 KB each. */
const GENERATION = 8192;

interface Memory<T> {
  readonly get: (key: string) => T | undefined;
  readonly put: (key: string, answer: T) => void;
}

/** What was asked for among the last one or two generations is still known. */
function createMemory<T>(): Memory<T> {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  const put = (key: string, answer: T): void => {
    if (young.size >= GENERATION) {
      old = young;
      young = new Map();
    }
    young.set(key, answer);
  };
  return {
    get: (key) => {
      const known = young.get(key);
      if (known !== undefined) return known;
      const before = old.get(key);
      if (before !== undefined) put(key, before);
      return before;
    },
    put,
  };
}

function remember<T extends object | string>(read: (key: string) => T): (key: string) => T {
  const memory = createMemory<T>();
  return (key) => {
    const known = memory.get(key);
    if (known !== undefined) return known;
    const answer = read(key);
    memory.put(key, answer);
    return answer;
  };
}

/** Names and values come back in other surroundings and under other paths: what they say alone is read once. */
function createReaders(): AssignmentReaders {
  const shapes = remember<Shape>(PLAIN_READERS.valueShape);
  const placeholders = remember<{ readonly found: Placeholder | undefined }>((value) => ({
    found: PLAIN_READERS.findPlaceholder(value),
  }));
  const names = createMemory<readonly Feature[]>();
  const values = createMemory<readonly Feature[]>();
  return {
    valueShape: shapes,
    findPlaceholder: (value) => placeholders(value).found,
    readName: (name, wordAt) => {
      const key = `${wordAt} ${name}`;
      const known = names.get(key);
      if (known) return known;
      const features = PLAIN_READERS.readName(name, wordAt);
      names.put(key, features);
      return features;
    },
    readValue: (value, name, kind, add) => {
      const key = `${kind} ${name.length} ${name}${value}`;
      let features = values.get(key);
      if (!features) {
        const read: Feature[] = [];
        PLAIN_READERS.readValue(value, name, kind, (feature) => void read.push(feature));
        values.put(key, read);
        features = read;
      }
      features.forEach(add);
    },
  };
}

/** All that scoreAssignment is told of an assignment but its surroundings and its place. Lengths keep the parts apart. */
function nearKey({ name, wordAt, value, quote, operator, before }: Assignment, traits: TextTraits): string {
  const lengths = `${name.length} ${value.length} ${quote.length} ${operator.length}`;
  return `${traits.pathKind()} ${traits.isCode()} ${wordAt} ${lengths} ${name}${value}${quote}${operator}${before}`;
}

/** Step of the only reason of a low score that no path would make higher. */
export const SETTLED = 'settled';
const SETTLED_SCORE: GenericScore = {
  confidence: 'low',
  reasons: [{ step: SETTLED, text: 'is worth a low confidence at most, whatever its path' }],
};

function settle(score: GenericScore, name: string): GenericScore {
  const { confidence, features = [] } = score;
  return confidence === 'low' && (isCapped(features, name) || !mayBeLifted(features)) ? SETTLED_SCORE : score;
}

/**
 * @param isPathOpen  the real path is not known yet: low scores that no path lifts are told apart (SETTLED)
 * @returns a function that answers as scoreAssignment does; what it holds has values in clear and never leaves the process
 */
export function createScoreMemory(isPathOpen = false): ScoreAssignment {
  const readers = createReaders();
  /** Of assignments that were decided before their surroundings were asked for: these need the short key only. */
  const decided = createMemory<GenericScore>();
  const others = createMemory<GenericScore>();
  return (assignment, traits, wantsReasons) => {
    if (wantsReasons) return scoreAssignment(assignment, traits, true);
    const near = nearKey(assignment, traits);
    const known = decided.get(near);
    if (known) return known;
    const { after, around } = assignment;
    const key = `${near.length} ${after.length} ${near}${after}${around}`;
    const same = others.get(key);
    if (same) return same;
    let isAsked = false;
    const watched: Assignment = {
      ...assignment,
      get after() {
        isAsked = true;
        return after;
      },
      get around() {
        isAsked = true;
        return around;
      },
    };
    const fresh = scoreAssignment(watched, traits, false, readers);
    const score = isPathOpen ? settle(fresh, assignment.name) : fresh;
    if (isAsked) others.put(key, score);
    else decided.put(near, score);
    return score;
  };
}
