import { expect, test } from 'vitest';
import { archiveKind } from '../../src/archives/archive-kind.ts';

test.each([
  ['a/b.zip', 'zip'],
  ['App.JAR', 'zip'],
  ['letter.docx', 'zip'],
  ['a.tar', 'tar'],
  ['a.tar.gz', 'tar.gz'],
  ['a.tgz', 'tar.gz'],
  ['a.sql.gz', 'gz'],
  ['a.tar.xz', 'unsupported'],
  ['a.7z', 'unsupported'],
  ['zip', undefined],
  ['a.zip/readme', undefined],
  ['a.txt', undefined],
])('%s: %s', (path, kind) => {
  expect(archiveKind(path)).toBe(kind);
});
