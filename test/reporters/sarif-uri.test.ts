// Paths and addresses as URIs; addresses with a user, local paths and other schemes among them.
// No address with a real host is asked.
import { describe, expect, it } from 'vitest';
import { toArtifactLocation, toVersionControl } from '../../src/reporters/sarif-uri.ts';

describe('toArtifactLocation', () => {
  it.each([
    ['a/b c.ts', 'a/b%20c.ts'],
    ['c:/x', 'c%3A/x'],
    ['50%.txt', '50%25.txt'],
    ['a\ud800b', 'a%EF%BF%BDb'],
  ])('%j', (path, uri) => {
    expect(toArtifactLocation(path)).toEqual({ uri, uriBaseId: 'SRCROOT' });
  });
});

describe('toVersionControl', () => {
  it.each([
    [`https://user:${'x'.repeat(9)}@host/t/r.git#f`, 'https://host/t/r.git'],
    ['git@github.com:team/repo.git', 'ssh://github.com/team/repo.git'],
    ['host.example:repo', 'ssh://host.example/repo'],
    ['ssh://git@host:2222/r', 'ssh://host:2222/r'],
    ['C:\\work\\repo', undefined],
    ['../repo', undefined],
    ['file:///srv/repo.git', undefined],
  ])('%s', (repositoryUri, expected) => {
    const details = toVersionControl({ repositoryUri, revisionId: undefined, branch: undefined });
    expect(details).toEqual(expected === undefined ? undefined : { repositoryUri: expected });
  });
});
