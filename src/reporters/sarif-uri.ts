// Paths and repository addresses as URIs for SARIF. Nothing of the machine and no credential may get into them: an
// address that is none of a server is left out.
import type { ArtifactLocation, VersionControlDetails } from 'sarif';
import type { VersionControl } from './reporter.ts';

/** A relative path with `/` as a percent-encoded URI below SRCROOT. */
export function toArtifactLocation(path: string): ArtifactLocation {
  // encodeURIComponent throws on lone surrogates.
  const segments = path.replace(/\p{Cs}/gu, '\ufffd').split('/');
  return { uri: segments.map(encodeURIComponent).join('/'), uriBaseId: 'SRCROOT' };
}

/** `git@host:team/repo.git` → `ssh://host/team/repo.git`; user, password, query and fragment are cut off. */
function cleanRepositoryUri(uri: string): string | undefined {
  const scp = /^(?:[^@/:]+@)?([^/:@]{2,}):(?!\/)(.+)$/.exec(uri);
  const text = scp ? `ssh://${scp[1]}/${scp[2]}` : uri;
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (!['http:', 'https:', 'ssh:', 'git:'].includes(url.protocol)) return undefined;
  url.username = '';
  url.password = '';
  url.search = '';
  url.hash = '';
  return url.href;
}

/** @returns undefined when the address is none that may be published, such as a local path */
export function toVersionControl(source: VersionControl): VersionControlDetails | undefined {
  const repositoryUri = cleanRepositoryUri(source.repositoryUri);
  if (repositoryUri === undefined) return undefined;
  return {
    repositoryUri,
    ...(source.revisionId === undefined ? {} : { revisionId: source.revisionId }),
    ...(source.branch === undefined ? {} : { branch: source.branch }),
  };
}
