// Where each secret was seen: the second look, at the blobs that hold something, under the paths that commits and indexes
// give them. One secret is one value under one rule; it gets a number here.
import type { Finding } from '../model/finding.ts';
import type { ProblemSink } from '../model/problem.ts';
import type { LocatedDetection } from '../pipeline/located.ts';
import type { TextScanner } from '../pipeline/text-scanner.ts';
import type { BlobReader } from './blob-reader.ts';
import type { SecretIds } from './commit-graph.ts';
import { historyOrigin } from './history-origin.ts';
import { describePath, type PathJudge, traitsOf } from './path-judge.ts';
import type { Probe } from './probe.ts';
import { markOf, type ScanCache } from './scan-cache.ts';
import { ANY_PATH } from './surroundings.ts';

/** One secret at one path, in all its versions. */
export interface Sighting {
  readonly secret: number;
  readonly path: string;
  /** What holds it (a blob, a commit, a tag) → every occurrence in it. */
  readonly versions: Map<string, Finding[]>;
}

/** Identity of a located detection; see SessionJudge. */
export type Identify = (located: LocatedDetection) => Finding;

export class Sightings {
  readonly #identify: Identify;
  readonly #numbers = new Map<string, number>();
  readonly #sightings = new Map<string, Sighting>();
  readonly #at = new Map<string, SecretIds>();

  constructor(identify: Identify) {
    this.#identify = identify;
  }

  /** Notes what one text holds. @param holder id of the object; '*' for the name of a path itself */
  add(path: string, holder: string, located: readonly LocatedDetection[]): void {
    for (const one of located) {
      const finding = this.#identify(one);
      const secret = this.#number(`${finding.fingerprint} ${finding.ruleId}`);
      const key = `${secret} ${path}`;
      const sighting = this.#sightings.get(key) ?? { secret, path, versions: new Map() };
      this.#sightings.set(key, sighting);
      const found = sighting.versions.get(holder);
      if (found) found.push(finding);
      else sighting.versions.set(holder, [finding]);
      const place = `${holder} ${path}`;
      const known = this.#at.get(place) ?? [];
      if (!known.includes(secret))
        this.#at.set(
          place,
          [...known, secret].sort((a, b) => a - b),
        );
    }
  }

  #number(identity: string): number {
    const known = this.#numbers.get(identity);
    if (known !== undefined) return known;
    this.#numbers.set(identity, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  get count(): number {
    return this.#numbers.size;
  }

  /** Secrets of an object at a path, those of the path's own name included. */
  secretsAt(path: string, holder: string): SecretIds {
    const own = this.#at.get(`${holder} ${path}`) ?? [];
    const named = holder === '*' ? [] : (this.#at.get(`* ${path}`) ?? []);
    return named.length === 0 ? own : [...new Set([...own, ...named])].sort((a, b) => a - b);
  }

  list(): readonly Sighting[] {
    return [...this.#sightings.values()];
  }
}

export interface SecondLook {
  /** What the first look found; blobs that are not in it were not looked at. */
  readonly probe: Pick<Probe, 'blobs'>;
  readonly mayCount: PathJudge;
  readonly reader: BlobReader;
  readonly scanner: TextScanner;
  readonly problems: ProblemSink;
  readonly cache: ScanCache;
  /** See HistoryOptions. */
  readonly isReportable: (located: LocatedDetection) => boolean;
}

/** Looks at blobs again, under each of their paths; under a name made of the id when none is known. */
export async function sightBlobs(
  sightings: Sightings,
  pathsOf: ReadonlyMap<string, ReadonlySet<string>>,
  { probe, mayCount, reader, scanner, problems, cache, isReportable }: SecondLook,
): Promise<void> {
  const openPaths = (id: string): readonly string[] => {
    const paths = pathsOf.get(id) ?? new Set();
    const all = paths.size > 0 ? [...paths] : [`(object ${id.slice(0, 12)})`];
    const refs = probe.blobs.get(id) ?? [ANY_PATH];
    return all.filter((path) => {
      if (refs.some((ref) => mayCount(ref, path))) return !cache.isClean(markOf('silent', id, path));
      cache.add(markOf('silent', id, path));
      return false;
    });
  };
  await reader.readObjects(
    [...pathsOf.keys()].filter((id) => openPaths(id).length > 0),
    (id, _type, bytes) => {
      const byTraits = new Map<string, readonly LocatedDetection[]>();
      for (const path of openPaths(id)) {
        const traits = traitsOf(path);
        const { path: shown, place } = describePath(path);
        const origin = historyOrigin(shown, place, id);
        let located = byTraits.get(traits);
        if (!located) {
          scanner.scanBlob({ kind: 'blob', origin, bytes, addedLines: undefined });
          // What cannot be read whole has been told at the first look.
          located = scanner.take().located.filter(isReportable);
          byTraits.set(traits, located);
        }
        if (located.length === 0) cache.add(markOf('silent', id, path));
        sightings.add(
          path,
          id,
          located.map((one) => ({ ...one, origin })),
        );
      }
    },
    problems,
  );
}
