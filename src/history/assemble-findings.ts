// From sightings to findings: of each secret and path the newest version speaks, with what is known of the secret.
import type { Finding } from '../model/finding.ts';
import type { SecretHistory } from '../model/history.ts';
import type { GraphCommit } from './commit-graph.ts';
import { describePath } from './path-judge.ts';
import { type HistoryFacts, makeHistories } from './secret-histories.ts';
import type { Sighting } from './sightings.ts';

/** Newest commit that brought a version to a path, by path and blob. */
function listVersions(graph: ReadonlyMap<string, GraphCommit>): ReadonlyMap<string, GraphCommit> {
  const versions = new Map<string, GraphCommit>();
  for (const commit of graph.values()) {
    const others = commit.logged.parents.slice(1);
    for (const { path, newId } of commit.logged.changes) {
      // A merge lists what it takes over from its other parents too.
      if (others.some((parent) => graph.get(parent)?.files.get(path) === newId)) continue;
      const key = `${path} ${newId}`;
      const known = versions.get(key);
      if (!known || commit.logged.time >= known.logged.time) versions.set(key, commit);
    }
  }
  return versions;
}

/** What HEAD has, else what the newest commit brought. */
function pickVersion(
  { path, versions }: Sighting,
  head: GraphCommit | undefined,
  brought: ReadonlyMap<string, GraphCommit>,
): string {
  const now = head?.files.get(path);
  if (now !== undefined && versions.has(now)) return now;
  const newestFirst = [...versions.keys()]
    .sort()
    .map((id) => ({ id, time: brought.get(`${path} ${id}`)?.logged.time ?? -1 }));
  newestFirst.sort((a, b) => b.time - a.time);
  return newestFirst[0]!.id;
}

function withPlace(
  finding: Finding,
  { path, versions }: Sighting,
  holder: string,
  commit: string | undefined,
  history: SecretHistory,
): Finding {
  const { origin } = finding;
  if (origin.kind !== 'history') return finding;
  const isFile = origin.place === 'file' || origin.place === 'note';
  return {
    ...finding,
    history,
    origin: {
      ...origin,
      path: isFile ? describePath(path).path : origin.path,
      blob: isFile ? holder : undefined,
      commit: origin.place === 'commit-message' ? holder : commit,
      versions: versions.size,
    },
  };
}

/**
 * @param adopt  see HistoryOptions
 * @param isWanted  leaves out what is not in scope
 */
export function assembleFindings(
  facts: HistoryFacts,
  adopt: (copy: Finding, original: Finding) => Finding,
  isWanted: (sighting: Sighting, history: SecretHistory) => boolean,
): readonly Finding[] {
  const { graph, sightings, trees } = facts;
  const histories = makeHistories(facts);
  const head = graph.get(trees[0]?.head ?? '');
  const brought = listVersions(graph);
  return sightings.list().flatMap((sighting) => {
    const history = histories[sighting.secret]!;
    if (!isWanted(sighting, history)) return [];
    const holder = pickVersion(sighting, head, brought);
    const commit = brought.get(`${sighting.path} ${holder}`)?.logged.id;
    return sighting.versions
      .get(holder)!
      .map((finding) => adopt(withPlace(finding, sighting, holder, commit, history), finding));
  });
}
